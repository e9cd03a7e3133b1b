import type { Cohort } from './cohorts.js';

/** As long as titles that people give. */
const LONGEST_TITLE = 100;

/** What the group of a cohort is called. */
export function titleOf({ title, courseTitle }: Pick<Cohort, 'title' | 'courseTitle'>): string {
  const whole = `${courseTitle} · ${title}`;
  return whole.length > LONGEST_TITLE ? `${whole.slice(0, LONGEST_TITLE - 1)}…` : whole;
}

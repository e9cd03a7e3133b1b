import type { DemoPerson } from './people.js';

const DAY_MS = 86_400_000;
const DAYS_BACK = 60;

/** A day on which somebody was signed in. */
export interface DemoActiveDay {
  userId: string;
  /** In UTC. */
  day: string;
  role: DemoPerson['role'];
}

/** Days of the last two months on which people of the demo were there: some daily, most once or twice a week. */
export function activeDaysOf(people: readonly DemoPerson[], now: Date): DemoActiveDay[] {
  return people.flatMap((person, index) => {
    const every = 1 + (index % 9);
    return Array.from({ length: DAYS_BACK }, (_, back) => back)
      .filter((back) => (back + index) % every === 0)
      .map((back) => new Date(now.getTime() - back * DAY_MS))
      .filter((day) => day >= person.createdAt)
      .map((day) => ({ userId: person.id, day: day.toISOString().slice(0, 10), role: person.role }));
  });
}

import { DEMO_MAIL_DOMAIN, FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { type Persona, personaOf } from '@tutorgraph/kit/demo/persona';
import type { SampleLevel } from './course-files.js';

const DAY_MS = 86_400_000;

/** How somebody learns. */
export interface Habit {
  name: 'thriving' | 'steady' | 'slow' | 'slipping' | 'lost' | 'leaver' | 'silent';
  /** Days from one lesson to the next, half of the time. */
  pace: number;
  /** Share of questions that they answer rightly. */
  skill: number;
  /** Days until they hand homework in, half of the time. */
  handsInAfter: number;
  /** How well they write, from the likeliest on. */
  writes: readonly SampleLevel[];
  /** For how many days nothing has been heard of them: from, to. */
  silentDays?: readonly [number, number];
  /** After how many days they gave up: from, to. */
  givesUpAfter?: readonly [number, number];
}

const HABITS = {
  thriving: { name: 'thriving', pace: 2.2, skill: 0.95, handsInAfter: 2, writes: ['strong', 'middling'] },
  steady: { name: 'steady', pace: 4, skill: 0.85, handsInAfter: 3.5, writes: ['middling', 'strong'] },
  slow: { name: 'slow', pace: 6.5, skill: 0.74, handsInAfter: 6.5, writes: ['middling', 'weak'] },
  slipping: {
    ...{ name: 'slipping', pace: 4, skill: 0.72, handsInAfter: 4, writes: ['weak', 'middling'] },
    silentDays: [9, 24],
  },
  lost: {
    ...{ name: 'lost', pace: 5, skill: 0.6, handsInAfter: 9, writes: ['weak'] },
    givesUpAfter: [4, 16],
  },
  leaver: {
    ...{ name: 'leaver', pace: 5, skill: 0.65, handsInAfter: 9, writes: ['weak', 'middling'] },
    givesUpAfter: [3, 20],
  },
  silent: { name: 'silent', pace: 1, skill: 0, handsInAfter: 1, writes: ['weak'], givesUpAfter: [0, 0] },
} as const satisfies Record<string, Habit>;

/** A group of the demo. */
export interface Group {
  slug: string;
  title: string;
  /** How long ago it began. */
  days: number;
  curatorId: string;
  habits: readonly Habit[];
}

const { thriving, steady, slow, slipping, lost, leaver, silent } = HABITS;
const [CURATOR, SUPERVISOR] = [FIXED_PEOPLE.CURATOR.id, FIXED_PEOPLE.SUPERVISOR.id];

/** Groups of the last six months and who is in them, forty students in all; the first of the second is the fixed one. */
export const GROUPS: readonly Group[] = [
  {
    ...{ slug: 'english-a2-b1-everyday-grammar', title: 'Grammar, first group', days: 172, curatorId: CURATOR },
    habits: [thriving, steady, thriving, slow, steady, leaver, lost, leaver, steady],
  },
  {
    ...{ slug: 'english-a2-b1-everyday-grammar', title: 'Grammar, autumn group', days: 48, curatorId: CURATOR },
    habits: [steady, thriving, steady, slow, slipping, slipping, lost, silent, silent],
  },
  {
    ...{ slug: 'business-english-writing', title: 'Writing, summer group', days: 121, curatorId: SUPERVISOR },
    habits: [thriving, steady, steady, leaver, slow, lost],
  },
  {
    ...{ slug: 'business-english-writing', title: 'Writing, autumn group', days: 34, curatorId: CURATOR },
    habits: [steady, slow, thriving, slipping, silent, steady, slipping],
  },
  {
    ...{ slug: 'ege-anglijskij-pismennaya-chast', title: 'ЕГЭ, осенняя группа', days: 38, curatorId: CURATOR },
    habits: [thriving, steady, steady, slow, slipping, slow, lost, silent, silent],
  },
];

/** Where the fixed student is. */
const FIXED_GROUP = 1;

/** Somebody who learns. */
export interface Learner {
  /** Null while they have no account. */
  userId: string | null;
  name: string | null;
  accountName: string | null;
  email: string | null;
  externalId: string | null;
  source: 'SELF' | 'STAFF' | 'IMPORT';
  group: number;
  habit: Habit;
  /** Not before they had an account. */
  joinedAt: Date;
}

/**
 * The demo's students: with accounts those of accounts' demo, the oldest in the oldest groups; who never came has none.
 *
 * @param accounts how many students have an account; with fewer than needed the demo has fewer students
 */
export function demoLearners(seed: number, accounts: number, now: Date): Learner[] {
  const personas = Array.from({ length: accounts }, (_, index) => personaOf(seed, 'user:student', index));
  const free = personas.sort((a, b) => b.joinedDaysAgo - a.joinedDaysAgo);
  const learners: Learner[] = [];
  for (const [group, { slug, habits }] of GROUPS.entries()) {
    for (const [place, habit] of habits.entries()) {
      const joinedAt = (daysAgo: number) => new Date(now.getTime() - daysAgo * DAY_MS);
      if (habit.name === 'silent') {
        const persona = personaOf(seed, 'learning:unclaimed', learners.length);
        learners.push({ ...unclaimed(persona, learners.length), group, habit, joinedAt: joinedAt(365) });
        continue;
      }
      const fixed = group === FIXED_GROUP && place === 0;
      const persona = fixed ? FIXED_PEOPLE.STUDENT : takeFitting(free, slug.startsWith('ege') ? 'ru' : null);
      if (persona) learners.push({ ...claimed(persona), group, habit, joinedAt: joinedAt(persona.joinedDaysAgo) });
    }
  }
  return learners;
}

function takeFitting(free: Persona[], locale: Persona['locale'] | null): Persona | undefined {
  const index = locale ? free.findIndex((persona) => persona.locale === locale) : 0;
  return free.splice(Math.max(0, index), 1)[0];
}

function claimed({ id, firstName, lastName }: Persona) {
  const accountName = `${firstName} ${lastName}`;
  return { userId: id, name: null, accountName, email: null, externalId: null, source: 'SELF' as const };
}

/** Half of them were imported from GetCourse, half invited by staff. */
function unclaimed({ firstName, lastName }: Persona, index: number) {
  const isImported = index % 2 === 0;
  return {
    ...{ userId: null, accountName: null, name: `${firstName} ${lastName}` },
    email: `invited.${index + 1}@${DEMO_MAIL_DOMAIN}`,
    externalId: isImported ? `getcourse-${4_000 + index}` : null,
    source: isImported ? ('IMPORT' as const) : ('STAFF' as const),
  };
}

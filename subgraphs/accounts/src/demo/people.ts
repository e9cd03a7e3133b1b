import { DEMO_MAIL_DOMAIN, FIXED_PEOPLE, fixedEmail } from '@tutorgraph/kit/demo/fixed-people';
import { type Persona, personaOf } from '@tutorgraph/kit/demo/persona';
import { type Role, roles } from '@tutorgraph/kit/viewer/viewer';
import { latinLetters } from './latin-letters.js';

/** What to generate. The same options give the same people, ids included. */
export interface PeopleDemoOptions {
  seed: number;
  tutors: number;
  students: number;
  /** The moment that counts as today. */
  now: Date;
}

/** An account without its password. */
export interface DemoPerson {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  locale: 'ru' | 'en';
  timeZone: string;
  createdAt: Date;
}

const DAY = 86_400_000;

/** The people of the demo: one fixed person for each role, then the tutors, then the students. */
export function generatePeopleDemo({ seed, tutors, students, now }: PeopleDemoOptions): DemoPerson[] {
  const generated = (kind: string, role: Role, count: number): DemoPerson[] => {
    return Array.from({ length: count }, (_, index) => {
      const persona = personaOf(seed, kind, index);
      return person(persona, role, emailOf(persona, role, index), now);
    });
  };
  return [
    ...roles.map((role) => person(FIXED_PEOPLE[role], role, fixedEmail(role), now)),
    ...generated('user:tutor', 'TUTOR', tutors),
    ...generated('user:student', 'STUDENT', students),
  ];
}

function person(
  { id, firstName, lastName, locale, place, joinedDaysAgo }: Persona,
  role: Role,
  email: string,
  now: Date,
): DemoPerson {
  const createdAt = new Date(now.getTime() - joinedDaysAgo * DAY);
  return { id, email, firstName, lastName, role, locale, timeZone: place.timeZone, createdAt };
}

/** `anna.kuznetsova.t12@…`: the letter and the number keep namesakes apart. */
function emailOf({ firstName, lastName }: Persona, role: Role, index: number): string {
  const letter = role === 'TUTOR' ? 't' : 's';
  return `${latinLetters(firstName)}.${latinLetters(lastName)}.${letter}${index + 1}@${DEMO_MAIL_DOMAIN}`;
}

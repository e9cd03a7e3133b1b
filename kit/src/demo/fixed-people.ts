import type { Role } from '../viewer/viewer.js';
import { demoId } from './demo-id.js';
import type { Persona } from './persona.js';
import { PLACES } from './places.js';
import type { Gender } from './text.js';

/** With this everybody in a demo signs in. */
export const DEMO_PASSWORD = 'tutorgraph-demo';

/** The domain of all demo people's addresses; no such domain can exist. */
export const DEMO_MAIL_DOMAIN = 'demo.tutorgraph.example';

const JOINED_DAYS_AGO = 364;

/** Who is in every demo, whatever its seed, so that a printed sign-in keeps working: one person for each role. */
export const FIXED_PEOPLE: Readonly<Record<Role, Persona>> = {
  SUPER_ADMIN: fixed('SUPER_ADMIN', 'Вера Захарова', 'female'),
  ADMIN: fixed('ADMIN', 'Константин Орлов', 'male'),
  HR: fixed('HR', 'Марина Белова', 'female'),
  SUPERVISOR: fixed('SUPERVISOR', 'Григорий Титов', 'male'),
  CURATOR: fixed('CURATOR', 'Алина Фёдорова', 'female'),
  TUTOR: fixed('TUTOR', 'Анна Соколова', 'female'),
  STUDENT: fixed('STUDENT', 'Илья Воронов', 'male'),
};

/** The address with which the demo's person of a role signs in, such as `superadmin@demo.tutorgraph.example`. */
export function fixedEmail(role: Role): string {
  return `${role.toLowerCase().replace('_', '')}@${DEMO_MAIL_DOMAIN}`;
}

function fixed(role: Role, name: string, gender: Gender): Persona {
  const [firstName = '', lastName = ''] = name.split(' ');
  const place = PLACES.find(({ key }) => key === 'moscow');
  if (!place) throw new Error('The demo knows no Moscow');
  const id = demoId(0, `user:fixed:${role}`, 0);
  return { id, firstName, lastName, gender, locale: 'ru', place, joinedDaysAgo: JOINED_DAYS_AGO };
}

import type { Application } from '../../facts/market.js';
import { named } from '../names.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** The student to whom a tutor applied. */
export function toOrderer(application: Application): Recipient {
  const { id, studentId, tutor, rate } = application;
  return { userId: studentId, values: { ...named('other', tutor), ...rate }, target: { kind: 'APPLICATION', id } };
}

/** The tutor who applied. */
export function toApplicant({ id, tutor }: Application, values: Values = {}): Recipient {
  return { userId: tutor.id, values, target: { kind: 'APPLICATION', id } };
}

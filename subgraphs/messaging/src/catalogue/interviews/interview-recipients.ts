import type { Interview } from '../../facts/market.js';
import { ivan, named } from '../names.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** Values of an ordinary interview, for samples. */
export const sampleInterview: Values = {
  ...named('tutor', ivan),
  'subject:en': 'Mathematics',
  'subject:ru': 'Математика',
  startsAt: '2026-11-25T09:00:00.000Z',
};

/** The tutor of an interview. Texts that differ are those with the context `TUTOR`. */
export function toInterviewed(interview: Interview, values: Values = {}): Recipient {
  return toSomebody(interview, interview.tutor.id, { context: 'TUTOR', ...values });
}

/** Whoever talks with the tutor, if that is known. Texts that differ are those with the context `STAFF`. */
export function toInterviewer(interview: Interview, values: Values = {}): Recipient[] {
  const { interviewerId } = interview;
  return interviewerId ? [toSomebody(interview, interviewerId, { context: 'STAFF', ...values })] : [];
}

/** Somebody who is told of an interview. */
export function toSomebody({ id, startsAt, subject, tutor }: Interview, userId: string, values: Values): Recipient {
  const told = { ...subject, ...named('tutor', tutor), ...(startsAt && { startsAt }), ...values };
  return { userId, values: told, target: { kind: 'INTERVIEW', id } };
}

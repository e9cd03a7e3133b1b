import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';
import {
  homeworkAssigned,
  homeworkChecked,
  homeworkDueSoon,
  homeworkExtended,
  homeworkReturned,
  homeworkReviewed,
  homeworkSubmitted,
} from '../events.js';

/** What may happen to homework. */
export const homeworkChanges = [
  'ASSIGNED',
  'EXTENDED',
  'DUE_SOON',
  'SUBMITTED',
  'CHECKED',
  'REVIEWED',
  'RETURNED',
] as const;
/** @see homeworkChanges */
export type HomeworkChange = (typeof homeworkChanges)[number];

const ofAssignment: ReadonlyMap<string, HomeworkChange> = new Map([
  [homeworkAssigned.type, 'ASSIGNED'],
  [homeworkExtended.type, 'EXTENDED'],
  [homeworkDueSoon.type, 'DUE_SOON'],
]);
const ofSubmission: ReadonlyMap<string, HomeworkChange> = new Map([
  [homeworkSubmitted.type, 'SUBMITTED'],
  [homeworkChecked.type, 'CHECKED'],
  [homeworkReviewed.type, 'REVIEWED'],
  [homeworkReturned.type, 'RETURNED'],
]);

/** Types of the events that whoever listens to homework hears. */
export const homeworkEvents: readonly string[] = [...ofAssignment.keys(), ...ofSubmission.keys()];

/** What an event says of homework, and whether it is about a submission or an assignment; null when it is about none. */
export function changeOf(event: DomainEvent): { kind: HomeworkChange; isOfSubmission: boolean } | null {
  const assigned = ofAssignment.get(event.type);
  if (assigned) return { kind: assigned, isOfSubmission: false };
  const submitted = ofSubmission.get(event.type);
  return submitted ? { kind: submitted, isOfSubmission: true } : null;
}

const concerned = z.object({ userId: z.string().nullable(), cohortId: z.string().nullable() });

/** Whose homework an event is about: the student's account, and the cohort in which they learn. */
export function concernedBy(event: DomainEvent): z.output<typeof concerned> {
  return concerned.parse(event.data);
}

import { z } from 'zod';
import { longText, reference, text } from '../lessons/lesson.rules.js';
import type { RoomNeed } from '../meetings/meeting.rules.js';

/** Where an interview stands. */
export const interviewStatuses = ['PENDING', 'SCHEDULED', 'COMPLETED', 'REJECTED', 'CANCELLED'] as const;
/** @see interviewStatuses */
export type InterviewStatus = (typeof interviewStatuses)[number];

/** How a tutor did. */
export const interviewVerdicts = ['PASSED', 'FAILED'] as const;
/** @see interviewVerdicts */
export type InterviewVerdict = (typeof interviewVerdicts)[number];

/** Who cancelled an interview. */
export const interviewCancellers = ['TUTOR', 'STAFF'] as const;
/** @see interviewCancellers */
export type InterviewCanceller = (typeof interviewCancellers)[number];

/** Where an interview can go from where it stands; to be scheduled again is to be moved. Everything else is refused. */
const interviewTransitions: Readonly<Record<InterviewStatus, readonly InterviewStatus[]>> = {
  PENDING: ['SCHEDULED', 'REJECTED', 'CANCELLED'],
  SCHEDULED: ['SCHEDULED', 'COMPLETED', 'CANCELLED'],
  COMPLETED: [],
  REJECTED: [],
  CANCELLED: [],
};

/** May an interview go from one status to another? */
export function mayInterviewBecome(from: InterviewStatus, to: InterviewStatus): boolean {
  return interviewTransitions[from].includes(to);
}

/** In these there is still something to come; an offering has one such interview at a time. */
export const liveInterviewStatuses: readonly InterviewStatus[] = ['PENDING', 'SCHEDULED'];

const needs: Readonly<Record<InterviewStatus, RoomNeed>> = {
  PENDING: 'AS_IT_IS',
  SCHEDULED: 'NEEDED',
  COMPLETED: 'AS_IT_IS',
  REJECTED: 'UNWANTED',
  CANCELLED: 'UNWANTED',
};

/** What an interview that stands so wants of its video room. */
export function needOfInterview(status: InterviewStatus): RoomNeed {
  return needs[status];
}

/** How long an interview may be, in minutes. */
const INTERVIEW_MINUTES = { least: 10, most: 180 } as const;

/** Farther away, interviews would end in years that have more digits than the database reads. */
const LATEST = new Date('9990-01-01');

const version = z.number().int();
const note = longText(2_000).nullish();

/** What a request must look like. */
export const interviewRequest = z.object({ offeringId: reference, note, preferredTimes: longText(500).nullish() });

/** What staff may change without a word to the tutor; what is left out stays. */
export const interviewChange = z.object({
  interviewId: reference,
  expectedVersion: version,
  internalNote: longText(5_000).nullish(),
  interviewerId: reference.nullish(),
});

/** When an interview is to be. */
export const interviewPlan = z.object({
  interviewId: reference,
  expectedVersion: version,
  startsAt: z.date().max(LATEST),
  durationMinutes: z.number().int().min(INTERVIEW_MINUTES.least).max(INTERVIEW_MINUTES.most),
  interviewerId: reference.nullish(),
});

/** Why there is none. */
export const interviewRejection = z.object({ interviewId: reference, reason: text(1, 2_000) });

/** How it went. */
export const interviewOutcome = z.object({
  interviewId: reference,
  verdict: z.enum(interviewVerdicts),
  note: longText(5_000).nullish(),
});

/** Who gives it up, and why. */
export const interviewCancellation = z.object({ interviewId: reference, reason: note });

import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import type { EnglishEdit } from '../english/english-check.js';
import { reference, withoutNulls } from '../input.rules.js';
import { knowledgeLanguages } from '../knowledge/knowledge.rules.js';
import type { Fluency } from './fluency.rules.js';

/** What was recorded. */
export const recordingPurposes = ['SPOKEN_ANSWER', 'LESSON_RECORDING'] as const;
/** @see recordingPurposes */
export type RecordingPurpose = (typeof recordingPurposes)[number];

/** Where the writing down of a recording stands. */
export const recordingStatuses = ['QUEUED', 'DONE', 'FAILED'] as const;
/** @see recordingStatuses */
export type RecordingStatus = (typeof recordingStatuses)[number];

/** Why a recording was not written down. */
export const recordingFailures = ['NOTHING_HEARD', 'REFUSED', 'NOT_AVAILABLE'] as const;
/** @see recordingFailures */
export type RecordingFailure = (typeof recordingFailures)[number];

/** What there is to say of how somebody spoke. */
export interface SpeechFeedback extends Fluency {
  /** Null where no English was spoken, or it could not be checked. */
  mistakes: SpokenMistakes | null;
}

/** Mistakes in what was said. */
interface SpokenMistakes {
  edits: EnglishEdit[];
  corrected: string;
  checker: string;
}

/** A recording to be written down. */
export const newRecording = z.preprocess(
  withoutNulls,
  z.object({
    uploadId: reference,
    purpose: z.enum(recordingPurposes),
    language: z.enum(knowledgeLanguages).optional(),
    idempotencyKey,
  }),
);

/** Which recording goes. */
export const recordingDeletion = z.object({ recordingId: reference });

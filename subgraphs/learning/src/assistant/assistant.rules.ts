import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference, text, withoutNulls } from '../input.rules.js';
import { knowledgeLanguages } from '../knowledge/knowledge.rules.js';

/** Who wrote a message of a conversation. */
export const messageRoles = ['STUDENT', 'ASSISTANT', 'CURATOR'] as const;
/** @see messageRoles */
export type MessageRole = (typeof messageRoles)[number];

/** Is a message complete? Only answers of the assistant are ever written bit by bit. */
export const messageStatuses = ['WRITING', 'DONE'] as const;
/** @see messageStatuses */
export type MessageStatus = (typeof messageStatuses)[number];

/** What became of a question. */
export const answerOutcomes = ['ANSWERED', 'NOTHING_FOUND', 'DECLINED'] as const;
/** @see answerOutcomes */
export type AnswerOutcome = (typeof answerOutcomes)[number];

/** What somebody thinks of an answer. */
export const answerRatings = ['HELPFUL', 'NOT_HELPFUL'] as const;
/** @see answerRatings */
export type AnswerRating = (typeof answerRatings)[number];

/** From where in the knowledge base an answer takes what it says. */
export interface Citation {
  /** By which the answer's text refers to it: `[1]`. */
  number: number;
  entryId: string;
  lessonId: string | null;
  title: string;
  /** Where the passage stands in the entry's text, in UTF-16 code units. */
  startsAt: number;
  endsAt: number;
}

/** Most characters of a question. */
export const MOST_QUESTION = 2_000;
/** Most characters of an answer. */
export const MOST_ANSWER = 8_000;

/** A question to the assistant: written, or spoken. */
export const newQuestion = z.preprocess(
  withoutNulls,
  z
    .object({
      sessionId: reference.optional(),
      question: text(2, MOST_QUESTION).optional(),
      recordingId: reference.optional(),
      language: z.enum(knowledgeLanguages).optional(),
      idempotencyKey,
    })
    .refine(({ question, recordingId }) => (question === undefined) !== (recordingId === undefined), {
      path: ['question'],
    }),
);

/** What somebody thinks of an answer. */
export const newRating = z.object({ answerId: reference, rating: z.enum(answerRatings) });

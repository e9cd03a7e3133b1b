import { z } from 'zod';
import { reference, withoutNulls } from '../input.rules.js';

/** Which attempt counts when there are several. */
export const countingRules = ['BEST', 'LAST'] as const;
/** @see countingRules */
export type CountingRule = (typeof countingRules)[number];

/** When somebody may see their mistakes and what is right. */
export const reviewRules = ['NEVER', 'AFTER_SUBMISSION', 'AFTER_PASSING'] as const;
/** @see reviewRules */
export type ReviewRule = (typeof reviewRules)[number];

/** Most questions of one attempt. */
export const MOST_QUESTIONS = 200;
/** Most parts of a test. */
const MOST_ITEMS = 100;

const fixed = z.strictObject({ questionId: reference });
const drawn = z.strictObject({
  bankId: reference,
  tag: z.string().trim().toLowerCase().max(40).optional(),
  count: z.int().min(1).max(50),
});
const item = z.preprocess(withoutNulls, z.union([fixed, drawn]));
/** @see item */
export type NewTestItem = z.infer<typeof item>;

const items = z
  .array(item)
  .min(1)
  .max(MOST_ITEMS)
  .refine((all) => all.reduce((sum, one) => sum + ('count' in one ? one.count : 1), 0) <= MOST_QUESTIONS);

const passingPercent = z.int().min(1).max(100);
const timeLimitMinutes = z
  .int()
  .min(1)
  .max(24 * 60);
const maxAttempts = z.int().min(1).max(100);
const retakePauseMinutes = z
  .int()
  .min(0)
  .max(30 * 24 * 60);

/** A new test of a lesson. */
export const newTest = z.object({
  lessonId: reference,
  passingPercent: passingPercent.nullish().transform((value) => value ?? 70),
  timeLimitMinutes: timeLimitMinutes.nullish().transform((value) => value ?? null),
  maxAttempts: maxAttempts.nullish().transform((value) => value ?? null),
  retakePauseMinutes: retakePauseMinutes.nullish().transform((value) => value ?? 0),
  counting: z
    .enum(countingRules)
    .nullish()
    .transform((value) => value ?? 'BEST'),
  review: z
    .enum(reviewRules)
    .nullish()
    .transform((value) => value ?? 'AFTER_PASSING'),
  shufflesQuestions: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  shufflesOptions: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  items,
});

/** What is to change of a test; null takes a limit away, what is left out stays. */
export const testChange = z.object({
  testId: reference,
  passingPercent: passingPercent.optional(),
  timeLimitMinutes: timeLimitMinutes.nullish(),
  maxAttempts: maxAttempts.nullish(),
  retakePauseMinutes: retakePauseMinutes.optional(),
  counting: z.enum(countingRules).optional(),
  review: z.enum(reviewRules).optional(),
  shufflesQuestions: z.boolean().optional(),
  shufflesOptions: z.boolean().optional(),
  items: items.optional(),
});

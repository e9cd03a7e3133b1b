import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { z } from 'zod';
import { lessonFormats, levels } from '../market/market.rules.js';
import { learningStyles, urgencies } from '../ranking/wish.js';

/** Most languages that one may name. */
const MOST_LANGUAGES = 10;
/** Most spans of hours that one may name: three a day. */
const MOST_SPANS = 21;

const isStorable = (value: string): boolean => !value.includes('\0');
const longText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(isStorable)
    .transform((value) => value || null);

const span = z
  .object({ weekday: z.int().min(1).max(7), from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
  .refine(({ from, to }) => from < to, { path: ['to'] });

/** What a wish before there is an order must look like. */
export const wishInput = z
  .object({
    subjectId: z.uuid(),
    level: z.enum(levels),
    format: z.enum(lessonFormats),
    city: z.string().trim().min(1).max(100).refine(isStorable).nullish(),
    languages: z
      .array(
        z
          .string()
          .trim()
          .toLowerCase()
          .regex(/^[a-z]{2}$/),
      )
      .max(MOST_LANGUAGES)
      .nullish(),
    budget: z
      .object({ from: moneyRules.nullish(), to: moneyRules })
      .refine(({ from, to }) => !from || from.currency === to.currency, { path: ['from', 'currency'] })
      .refine(({ from, to }) => !from || from.amountMinor <= to.amountMinor, { path: ['from'] })
      .nullish(),
    schedule: z
      .object({
        timeZone: z.string().max(100),
        hours: z.array(span).max(MOST_SPANS).nullish(),
        times: longText(500).nullish(),
      })
      .nullish(),
    style: z.enum(learningStyles).nullish(),
    urgency: z.enum(urgencies).nullish(),
    goal: longText(2_000).nullish(),
  })
  .refine(({ format, city }) => format === 'ONLINE' || Boolean(city), { path: ['city'] });

/** @see wishInput */
export type AcceptedWish = z.output<typeof wishInput>;

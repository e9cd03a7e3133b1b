import { z } from 'zod';

/** Settings of vocabulary. */
export const vocabularySettings = {
  /** So many cards that nobody has learned yet come up for a student in a day. */
  VOCABULARY_NEW_CARDS: z.coerce.number().int().min(0).max(200).default(10),
  /** How likely it is to be that a card is still known when it comes up: more of it means more reviews. */
  VOCABULARY_RETENTION: z.coerce.number().min(0.7).max(0.97).default(0.9),
} satisfies z.ZodRawShape;

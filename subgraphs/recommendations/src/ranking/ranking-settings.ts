import { z } from 'zod';

/** Settings of the models that rank. */
export const rankingSettings = {
  /** So many lists with better and worse tutors are needed before a model learns from them. */
  RANKER_LEAST_LISTS: z.coerce.number().int().min(50).default(300),
} satisfies z.ZodRawShape;

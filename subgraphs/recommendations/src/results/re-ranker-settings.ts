import { z } from 'zod';

/** Settings of what a language model does to the top of a list. */
export const reRankerSettings = {
  /** Is the model asked at all, where there is a key? */
  RERANK: z.enum(['on', 'off']).default('on'),
  /** The model that is asked. */
  RERANK_MODEL: z.string().min(1).default('gpt-4o-mini'),
} satisfies z.ZodRawShape;

import { z } from 'zod';

/** Settings of the check of homework. */
export const homeworkCheckSettings = {
  /** The model that judges homework, where there is a key. */
  HOMEWORK_MODEL: z.string().min(1).default('gpt-4o-mini'),
} satisfies z.ZodRawShape;

import { z } from 'zod';

/** Settings of certificates. */
export const certificateSettings = {
  /** What the school is called on its certificates. */
  SCHOOL_NAME: z.string().trim().min(1).max(100).default('Tutorgraph'),
} satisfies z.ZodRawShape;

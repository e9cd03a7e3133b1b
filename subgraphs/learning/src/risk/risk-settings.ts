import { z } from 'zod';

/** Settings of risk. */
export const riskSettings = {
  /** So many students must have completed a course, and so many not, before a model is trained on them. */
  RISK_LEAST_OUTCOMES: z.coerce.number().int().min(20).default(100),
} satisfies z.ZodRawShape;

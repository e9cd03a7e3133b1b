import { z } from 'zod';

const milliseconds = (standard: number) => z.coerce.number().int().min(50).max(120_000).default(standard);

/** Settings of the assistant. */
export const assistantSettings = {
  /** The model that answers, of the server that OPENAI_BASE_URL names. */
  ASSISTANT_MODEL: z.string().min(1).max(100).default('gpt-4o-mini'),
  ASSISTANT_CONNECT_MS: milliseconds(700),
  ASSISTANT_FIRST_TOKEN_MS: milliseconds(3_000),
  ASSISTANT_TOTAL_MS: milliseconds(30_000),
  /** What the knowledge base begins with: the rules and answers that come with the program, or nothing. */
  ASSISTANT_KNOWLEDGE: z.enum(['shipped', 'none']).default('shipped'),
} satisfies z.ZodRawShape;

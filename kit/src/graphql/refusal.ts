import type { z } from 'zod';
import { inputError } from '../messages/input-errors.js';

/** One expected failure of a mutation, as data. */
export interface RefusalItem<Code extends string = string> {
  code: Code;
  /** Path of the input field at fault, such as `['input', 'email']`. */
  field?: readonly string[];
  /** Values for the message's placeholders. */
  values?: Record<string, string | number>;
  /** What else the room's error type tells, such as `{ alternatives }`: fields by which the client can go on. */
  details?: Readonly<Record<string, unknown>>;
  /** A message that is already in the viewer's language; otherwise the room's message for the code is used. */
  message?: string;
}

/**
 * An expected failure: thrown in a service, inside a transaction too (which it rolls back), and turned into the
 * payload's `userErrors` by {@link answer}.
 */
export class Refusal<Code extends string = string> extends Error {
  override readonly name = 'Refusal';
  readonly items: readonly RefusalItem<Code>[];

  constructor(items: Code | readonly RefusalItem<Code>[], field?: readonly string[]) {
    const list = typeof items === 'string' ? [{ code: items, ...(field && { field }) }] : items;
    super(list.map((item) => item.code).join(', '));
    this.items = list;
  }
}

/**
 * Parses a mutation's input by its room's rules.
 *
 * @throws Refusal with `INVALID_INPUT` for each field at fault, in the viewer's language
 */
export function accept<Schema extends z.ZodType>(schema: Schema, input: unknown, locale: string): z.output<Schema> {
  const parsed = schema.safeParse(input, { error: (issue) => inputError(locale, issue) });
  if (parsed.success) return parsed.data;
  throw new Refusal(
    parsed.error.issues.map((issue) => ({
      code: 'INVALID_INPUT',
      field: ['input', ...issue.path.map(String)],
      message: issue.message,
    })),
  );
}

import { z } from 'zod';
import { StripeError } from '../protocol/stripe-error.js';

/** A text of at most so many characters. */
export function textUpTo(length: number) {
  return z.string().max(length, {
    error: ({ input }) => `Invalid string: ${String(input).slice(0, 10)}…; must be at most ${length} characters`,
  });
}

/** A text. */
export const text = textUpTo(5_000);

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** Where a browser can be sent: http or https. */
export const webAddress = text.refine((value) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value), {
  error: 'Not a valid URL',
});

/** An integer, such as an amount in minor units. */
export const integer = z
  .string()
  .regex(/^[+-]?\d{1,15}$/, { error: ({ input }) => `Invalid integer: ${input}` })
  .transform(Number);

/** An integer of at least one. */
export const positiveInteger = integer.refine((value) => value >= 1, {
  error: 'This value must be greater than or equal to 1.',
});

/** `true` or `false`. */
export const boolean = z
  .enum(['true', 'false'], { error: ({ input }) => `Invalid boolean: ${input}` })
  .transform((value) => value === 'true');

/** A three-letter currency, as Stripe writes it: in lower case. */
export const currency = z
  .string()
  .transform((code) => code.toLowerCase())
  .refine((code) => CURRENCIES.has(code), { error: ({ input }) => `Invalid currency: ${input}.` });

/** One of some words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const known = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`;
  return z.enum(words, { error: ({ path }) => `Invalid ${String(path?.at(-1))}: must be one of ${known}` });
}

/** What an empty value unsets: it becomes null. */
export function clearable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? null : value), schema.nullable()).optional();
}

/** Named parts of a parameter; others are refused. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape);
}

/** A change of metadata: an empty value removes its key, an empty whole removes all of them. */
export const metadata = clearable(
  z.record(
    z.string().max(40, { error: 'Metadata keys can be at most 40 characters long.' }),
    z.string().max(500, { error: 'Metadata values can be at most 500 characters long.' }),
  ),
);

/** An address. */
export const address = fields({
  city: text.optional(),
  country: text.optional(),
  line1: text.optional(),
  line2: text.optional(),
  postal_code: text.optional(),
  state: text.optional(),
});

/** A time, or bounds of it; unix seconds. */
export const range = z.preprocess(
  (value) => (typeof value === 'string' ? { gte: value, lte: value } : value),
  fields({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() }),
);

/** Bounds of a time. */
export type Range = z.infer<typeof range>;

/** @throws StripeError for the first thing that is wrong, in Stripe's words */
export function parseInput<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  form: unknown,
): z.infer<z.ZodObject<Shape, z.core.$strict>> {
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue ? asStripeError(issue, form) : parsed.error;
}

function asStripeError(issue: z.core.$ZodIssue, form: unknown): StripeError {
  const refuse = (code: string, message: string, path: readonly PropertyKey[] = issue.path) =>
    new StripeError(400, 'invalid_request_error', message, { code, param: paramName(path) });
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => paramName([...issue.path, key]));
    return refuse(
      'parameter_unknown',
      `Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`,
      [...issue.path, issue.keys[0] ?? ''],
    );
  }
  const given = issue.path.reduce<unknown>((value, key) => (isRecord(value) ? value[String(key)] : undefined), form);
  const name = paramName(issue.path);
  if (given === undefined) return refuse('parameter_missing', `Missing required param: ${name}.`);
  if (given === '') {
    return refuse(
      'parameter_invalid_empty',
      `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    );
  }
  if (issue.code === 'invalid_type') {
    const expected = issue.expected === 'record' ? 'object' : issue.expected;
    return refuse('parameter_invalid_value', `Invalid ${expected}${isRecord(given) ? '' : `: ${String(given)}`}`);
  }
  return refuse(issue.message.startsWith('Invalid integer') ? 'parameter_invalid_integer' : '', issue.message);
}

/** Such as `line_items[0][quantity]`. */
function paramName(path: readonly PropertyKey[]): string {
  const [first = '', ...rest] = path.map(String);
  return `${first}${rest.map((part) => `[${part}]`).join('')}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Metadata after a change. @throws StripeError when there are too many keys */
export function mergeMetadata(
  before: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>> | null | undefined,
): Record<string, string> {
  if (change === null) return {};
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== '');
  if (merged.length > 50) {
    throw new StripeError(400, 'invalid_request_error', 'Metadata can have at most 50 keys.', { param: 'metadata' });
  }
  return Object.fromEntries(merged);
}

/** A whole address, of which a client sends what it has. */
export function fullAddress(given: z.infer<typeof address> | null | undefined) {
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = given ?? {};
  return { city, country, line1, line2, postal_code, state };
}

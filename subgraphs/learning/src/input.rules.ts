import { z } from 'zod';

/** Texts that PostgreSQL can hold: all but those with the one character that ends a string in C. */
const isStorable = (value: string): boolean => !value.includes('\0');

/** An id in an input; one that is none finds nothing, as one that nobody has. */
export const reference = z.string().max(100);
/** A text of one line, say, without blanks around it. */
export const text = (least: number, most: number) => z.string().trim().min(least).max(most).refine(isStorable);
/** A text of several lines; nothing but blanks means none. */
export const longText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(isStorable)
    .transform((value) => value || null);

/** What a client leaves out and what it sends as null mean the same. */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined));
}

import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const judgedOrder = z.strictObject({
  name: z.string(),
  language: z.enum(['ru', 'en']),
  /** What is unusual about how it is written. */
  traits: z.array(z.enum(['typo', 'slang', 'mixed', 'translit'])),
  /** The subject's slug, as somebody chooses it from the list. */
  subject: z.string(),
  level: z.enum(['PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT']),
  format: z.enum(['ONLINE', 'IN_PERSON']),
  city: z.string().optional(),
  budget: z.strictObject({ amountMinor: z.int(), currency: z.string() }).optional(),
  /** When lessons could be: in words, and what the words mean. */
  times: z.string().optional(),
  windows: z.array(z.strictObject({ days: z.array(z.int()), from: z.int(), to: z.int() })).optional(),
  timeZone: z.string().optional(),
  text: z.string(),
  /** What a profile should speak of, one of them at least; nothing in particular without it. */
  says: z.array(z.string()).optional(),
});

/** An order as people write them, with what somebody who reads it would look for in a profile. */
export type JudgedOrder = z.output<typeof judgedOrder>;

/** All 150 of them. */
export async function judgedOrders(): Promise<JudgedOrder[]> {
  const files = await Promise.all(
    ['orders.ru', 'orders.en'].map((name) =>
      readFile(new URL(`../../data/judged/${name}.json`, import.meta.url), 'utf8'),
    ),
  );
  return files.flatMap((file) => z.array(judgedOrder).parse(JSON.parse(file)));
}

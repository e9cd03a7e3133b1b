import { z } from 'zod';

const LONGEST_NAME = 100;
/** PostgreSQL holds no text with the character that ends a string in C. */
const isStorable = (text: string): boolean => !text.includes('\0');
const name = z.string().trim().min(1).max(LONGEST_NAME).refine(isStorable);
const timeZone = z.string().max(64);
const locale = z.enum(['en', 'ru']);

/** Addresses are compared in lower case. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** What a new account must look like. */
export const registration = z.object({
  email,
  password: z.string().min(10).max(200),
  firstName: name,
  lastName: name,
  role: z.enum(['STUDENT', 'TUTOR']),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
});

/** What a profile may become; null means the same as leaving it out. */
export const profileChange = z.object({
  firstName: name.nullish(),
  lastName: name.nullish(),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
});

/** How somebody is shown to strangers: "Anna K." */
export function displayName(person: { firstName: string; lastName: string }): string {
  const [initial] = person.lastName;
  return initial ? `${person.firstName} ${initial}.` : person.firstName;
}

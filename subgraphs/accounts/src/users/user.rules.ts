import { locales } from '@tutorgraph/kit/messages/languages';
import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../passwords/password.rules.js';

const LONGEST_NAME = 100;
/** PostgreSQL holds no text with the character that ends a string in C. */
const isStorable = (text: string): boolean => !text.includes('\0');
/** A first or last name. */
export const personName = z.string().trim().min(1).max(LONGEST_NAME).refine(isStorable);
/** An IANA time zone; the scalar has checked that there is such. */
export const timeZone = z.string().max(64);
/** A language in which we talk to people. */
export const locale = z.enum(locales);

/** A name of one's own choosing; compared in lower case. */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9_.]{2,31}$/);

/** Addresses are compared in lower case. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** How long a password is that somebody sets; `findWeakness` says what else it may not be. */
export const newPassword = z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);

/** What a new account must look like. */
export const registration = z.object({
  email,
  password: newPassword,
  firstName: personName,
  lastName: personName,
  role: z.enum(['STUDENT', 'TUTOR']),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
});

/** What a profile may become; null means the same as leaving it out. */
export const profileChange = z.object({
  firstName: personName.nullish(),
  lastName: personName.nullish(),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
});

/** May an account do more than read? One that has an address only once it is proven. */
export function isVerified(account: { email?: string | null; emailVerifiedAt?: Date | null }): boolean {
  return !account.email || Boolean(account.emailVerifiedAt);
}

/** How somebody is shown to strangers: "Anna K." */
export function displayName(person: { firstName: string; lastName: string }): string {
  const [initial] = person.lastName;
  return initial ? `${person.firstName} ${initial}.` : person.firstName;
}

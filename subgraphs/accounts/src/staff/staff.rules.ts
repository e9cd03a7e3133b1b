import { roles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';
import { email, locale, personName, timeZone, username } from '../users/user.rules.js';

/** What an account that staff opens must look like. */
export const newAccount = z.object({
  email,
  firstName: personName,
  lastName: personName,
  role: z.enum(roles),
  username: username.nullish(),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
});

/** What staff may change of an account; null means the same as leaving it out. */
export const accountChange = z.object({
  userId: z.string(),
  email: email.nullish(),
  firstName: personName.nullish(),
  lastName: personName.nullish(),
  username: username.nullish(),
  locale: locale.nullish(),
  timeZone: timeZone.nullish(),
});

/** Why an account is suspended. */
export const suspensionReasons = ['ABUSE', 'FRAUD', 'SECURITY', 'OTHER'] as const;
/** @see suspensionReasons */
export type SuspensionReason = (typeof suspensionReasons)[number];

import { z } from 'zod';
import { reference, text } from '../input.rules.js';
import { invitationLanguages } from './invitation.rules.js';

/** Most rows of one import. */
export const MOST_ROWS = 1_000;

const name = text(1, 200);
/** An address as it is kept: the scalar has looked at it, and case does not matter. */
const email = z
  .email()
  .max(254)
  .transform((address) => address.toLowerCase());
const externalId = text(1, 200);
const place = { courseId: reference.nullish(), cohortId: reference.nullish() };

/** Somebody to be invited: a student who is known already, or an address. */
export const newInvitation = z
  .object({
    studentId: reference.nullish(),
    email: email.nullish(),
    name: name.nullish(),
    language: z.enum(invitationLanguages),
    ...place,
  })
  .refine(({ studentId, email: address }) => Boolean(studentId) !== Boolean(address), { path: ['email'] })
  .refine(({ courseId, cohortId }) => !cohortId || Boolean(courseId), { path: ['courseId'] });

/** The code of an invitation. */
export const invitationCode = z.object({ code: z.string().min(1).max(100) });

const importedRow = z
  .object({ email: email.nullish(), externalId: externalId.nullish(), name: name.nullish(), ...place })
  .refine((row) => Boolean(row.email) || Boolean(row.externalId), { path: ['email'] })
  .refine(({ courseId, cohortId }) => !cohortId || Boolean(courseId), { path: ['courseId'] });
/** One row of an import. */
export type ImportedRow = z.output<typeof importedRow>;

/** Rows of an import, and whether to do no more than look. */
export const studentImport = z.object({
  rows: z.array(importedRow).min(1).max(MOST_ROWS),
  dryRun: z.boolean().nullish(),
});

/** What may change in a student; what is left out stays, null clears. */
export const studentChange = z.object({
  studentId: reference,
  name: name.nullish(),
  email: email.nullish(),
  externalId: externalId.nullish(),
});

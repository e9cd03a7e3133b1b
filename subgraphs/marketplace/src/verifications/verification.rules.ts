import { z } from 'zod';
import { longText, reference, text } from '../lessons/lesson.rules.js';

/** What a tutor can prove. */
export const verificationKinds = ['DIPLOMA', 'CERTIFICATE', 'BACKGROUND_CHECK', 'IDENTITY'] as const;
/** @see verificationKinds */
export type VerificationKind = (typeof verificationKinds)[number];

/** Where a proof stands. */
export const verificationStatuses = ['PENDING', 'VERIFIED', 'REJECTED', 'EXPIRED'] as const;
/** @see verificationStatuses */
export type VerificationStatus = (typeof verificationStatuses)[number];

/** Where a proof can go from where it stands; whoever wants to prove it again submits a new one. */
export const verificationTransitions: Readonly<Record<VerificationStatus, readonly VerificationStatus[]>> = {
  PENDING: ['VERIFIED', 'REJECTED'],
  // What turns out to be wrong later loses the badge at once.
  VERIFIED: ['REJECTED', 'EXPIRED'],
  REJECTED: [],
  EXPIRED: [],
};

/** May a proof go from one status to another? */
export function mayVerificationBecome(from: VerificationStatus, to: VerificationStatus): boolean {
  return verificationTransitions[from].includes(to);
}

/** What an outside checker says of a credential. It helps whoever decides and never decides. */
export const credentialVerdicts = ['CONFIRMED', 'REFUTED', 'UNKNOWN'] as const;
/** @see credentialVerdicts */
export type CredentialVerdict = (typeof credentialVerdicts)[number];

/** How many proofs of one tutor may wait at once. */
export const MOST_PENDING = 10;
/** How many files one proof may have. */
export const MOST_DOCUMENTS = 5;

const DAY_MS = 24 * 60 * 60 * 1000;
const NOTICE_DAYS = 30;
const KEPT_DAYS = 90;

/** How long something is verified that is approved now: 12 months. */
export function validUntil(now: Date): Date {
  const end = new Date(now);
  end.setUTCFullYear(now.getUTCFullYear() + 1);
  return end;
}

/** Who is verified until this moment is to be told now. */
export function noticeBound(now: Date): Date {
  return new Date(now.getTime() + NOTICE_DAYS * DAY_MS);
}

/** Documents of what was rejected or expired before this moment are not kept any longer. */
export function documentsBound(now: Date): Date {
  return new Date(now.getTime() - KEPT_DAYS * DAY_MS);
}

/** Until when a tutor with these proofs is verified; null when they are not. */
export function verifiedUntil(
  proofs: readonly { status: VerificationStatus; validUntil?: Date | null }[],
): Date | null {
  const ends = proofs.flatMap(({ status, validUntil: end }) => (status === 'VERIFIED' && end ? [end.getTime()] : []));
  return ends.length > 0 ? new Date(Math.max(...ends)) : null;
}

const EARLIEST = new Date('1940-01-01');

/** What a new proof must look like. */
export function newVerification(now: Date) {
  return z.object({
    kind: z.enum(verificationKinds),
    title: text(1, 200),
    issuer: text(1, 200),
    number: longText(100).nullish(),
    // Where the tutor lives it may be tomorrow already.
    issuedOn: z
      .date()
      .min(EARLIEST)
      .max(new Date(now.getTime() + DAY_MS))
      .transform((date) => date.toISOString().slice(0, 10))
      .nullish(),
    uploadIds: z
      .array(reference)
      .min(1)
      .max(MOST_DOCUMENTS)
      .refine((ids) => new Set(ids).size === ids.length),
  });
}

/** Which proof. */
export const verificationReference = z.object({ verificationId: reference });

/** Which proof is rejected, and why. */
export const rejection = z.object({ verificationId: reference, reason: text(1, 1_000) });

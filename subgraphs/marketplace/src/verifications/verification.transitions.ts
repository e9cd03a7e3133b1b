import type { Tutor } from '../tutors/tutor.entity.js';
import type { Verification } from './verification.entity.js';
import { mayVerificationBecome, type VerificationStatus, verifiedUntil } from './verification.rules.js';

/** What every event says of a proof. */
export function aboutVerification(verification: Verification, { id: tutorId, userId }: Tutor) {
  return { subject: verification.id, data: { tutorId, userId, kind: verification.kind } };
}

/**
 * Moves one of a tutor's proofs on, and with it until when the tutor is verified. The caller has locked the tutor and all
 * their proofs, and records the event.
 *
 * @param proofs all proofs of the tutor, this one too
 * @returns false, and changes nothing, when the transition table does not allow it
 */
export function moveVerification(
  { tutor, proofs }: { tutor: Tutor; proofs: readonly Verification[] },
  verification: Verification,
  to: VerificationStatus,
  change: Pick<Partial<Verification>, 'decidedAt' | 'decidedBy' | 'rejectionReason' | 'validUntil'>,
): boolean {
  if (!mayVerificationBecome(verification.status, to)) return false;
  Object.assign(verification, change, { status: to });
  tutor.verifiedUntil = verifiedUntil(proofs);
  return true;
}

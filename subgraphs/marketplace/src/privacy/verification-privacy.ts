import type { EntityManager } from '@mikro-orm/postgresql';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser, lockTutor } from '../tutors/tutor.repository.js';
import { Verification, VerificationDocument } from '../verifications/verification.entity.js';
import { lockProofs } from '../verifications/verification.repository.js';
import { moveVerification } from '../verifications/verification.transitions.js';
import { REMOVED } from './erase.js';

/** What a tutor wanted to have confirmed, for the archive; its files come from accounts, which has them as uploads. */
export async function collectVerifications(em: EntityManager, tutor: Tutor | null): Promise<unknown[]> {
  if (!tutor) return [];
  const own = { tutorId: tutor.id };
  const documents = await em.find(VerificationDocument, own, { orderBy: { place: 'asc' } });
  const byVerification = Map.groupBy(documents, ({ verificationId }) => verificationId);
  const verifications = await em.find(Verification, own, { orderBy: { submittedAt: 'asc', id: 'asc' } });
  return verifications.map(({ tutorId: _, decidedBy: _staff, ...verification }) => {
    const files = byVerification.get(verification.id) ?? [];
    return { ...verification, uploadIds: files.map(({ uploadId }) => uploadId) };
  });
}

/** Removes the files by which a tutor proved something; what comes meanwhile is an upload, which accounts removes. */
export async function eraseVerificationFiles(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void> {
  const tutor = await findTutorByUser(em, userId);
  if (!tutor) return;
  const documents = await em.find(VerificationDocument, { tutorId: tutor.id, storageKey: { $ne: null } });
  await storage.remove(documents.flatMap(({ storageKey }) => storageKey ?? []));
}

/** Forgets what a tutor wanted to have confirmed but that and how it was decided; what nobody decided on goes whole. */
export async function eraseVerifications(tx: EntityManager, userId: string): Promise<void> {
  const found = await findTutorByUser(tx, userId);
  if (!found) return;
  const locked = await lockProofs(tx, await lockTutor(tx, found.id));
  await tx.nativeDelete(VerificationDocument, { tutorId: found.id });
  for (const proof of locked.proofs) {
    // Without an event: there is nobody any longer who would have to be told.
    moveVerification(locked, proof, 'EXPIRED', {});
    const nothing = { number: null, issuedOn: null, rejectionReason: null, checkReference: null };
    if (proof.status === 'PENDING') tx.remove(proof);
    else Object.assign(proof, { title: REMOVED, issuer: REMOVED, ...nothing });
  }
}

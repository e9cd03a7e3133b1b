import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import type { Tutor } from '../tutors/tutor.entity.js';
import { lockTutor } from '../tutors/tutor.repository.js';
import { Verification, VerificationDocument } from './verification.entity.js';
import { MOST_PENDING, type VerificationKind, type VerificationStatus } from './verification.rules.js';

/** A proof by id. */
export function findVerification(em: EntityManager, id: string): Promise<Verification | null> {
  return isId(id) ? em.findOne(Verification, { id }) : Promise.resolve(null);
}

/** A tutor and all their proofs, locked until the transaction ends. */
export interface LockedProofs {
  tutor: Tutor;
  proofs: Verification[];
}

/** Locks all proofs of a tutor whose row is locked already. */
export async function lockProofs(tx: EntityManager, tutor: Tutor): Promise<LockedProofs> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  return { tutor, proofs: await tx.find(Verification, { tutorId: tutor.id }, lock) };
}

/** Locks the tutor of a proof, then all their proofs; null when there is no such proof. */
export async function lockVerification(
  tx: EntityManager,
  id: string,
): Promise<(LockedProofs & { verification: Verification }) | null> {
  if (!isId(id)) return null;
  const found = await tx.findOne(Verification, { id }, { fields: ['tutorId'], disableIdentityMap: true });
  if (!found) return null;
  const locked = await lockProofs(tx, await lockTutor(tx, found.tutorId));
  const verification = locked.proofs.find((proof) => proof.id === id);
  return verification ? { ...locked, verification } : null;
}

/** Has a tutor as many proofs that wait as they may? */
export async function hasMostPending(tx: EntityManager, tutorId: string): Promise<boolean> {
  return (await tx.count(Verification, { tutorId, status: 'PENDING' })) >= MOST_PENDING;
}

/** Files of each proof that are still there, in their order; batched. */
export const documentsByVerification = defineLoader<string, VerificationDocument[]>(
  async ({ em }, ids) => {
    const documents = await em.find(
      VerificationDocument,
      { verificationId: { $in: [...ids] }, storageKey: { $ne: null } },
      { orderBy: { place: 'asc' } },
    );
    return Map.groupBy(documents, ({ verificationId }) => verificationId);
  },
  { absent: () => [] },
);

/** What each tutor has proven, as of now; batched. */
export const verifiedKindsByTutor = defineLoader<string, VerificationKind[]>(
  async ({ em }, tutorIds) => {
    const proofs = await em.find(
      Verification,
      { tutorId: { $in: [...tutorIds] }, status: 'VERIFIED', validUntil: { $gt: new Date() } },
      { fields: ['tutorId', 'kind'], orderBy: { kind: 'asc' }, disableIdentityMap: true },
    );
    const byTutor = Map.groupBy(proofs, ({ tutorId }) => tutorId);
    return new Map([...byTutor].map(([tutorId, own]) => [tutorId, [...new Set(own.map(({ kind }) => kind))]]));
  },
  { absent: () => [] },
);

/** Which proofs are looked for; conditions add up. */
export interface VerificationSearch {
  status?: VerificationStatus | null;
  kind?: VerificationKind | null;
  tutorId?: string | null;
}

/** A page of proofs by when they were submitted. */
export function findVerifications(
  em: EntityManager,
  { status, kind, tutorId }: VerificationSearch,
  direction: 'asc' | 'desc',
  page: PageRequest,
): Promise<Connection<Verification>> {
  const conditions = [
    sql`true`,
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(kind ? [sql`t.kind = ${kind}`] : []),
    ...(tutorId ? [isId(tutorId) ? sql`t.tutor_id = ${tutorId}` : sql`false`] : []),
  ];
  return keysetPage(
    em,
    {
      entity: Verification,
      from: sql`from marketplace.verifications t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.submitted_at`, type: 'timestamptz', direction },
        { expression: sql`t.id`, type: 'uuid', direction },
      ],
    },
    page,
  );
}

/** Ids of proofs that have expired, or expire soon and that was not told yet. */
export async function findEnding(
  em: EntityManager,
  bounds: { now: Date; noticeBefore: Date; limit: number },
): Promise<string[]> {
  const found = await em.find(
    Verification,
    {
      status: 'VERIFIED',
      $or: [{ validUntil: { $lte: bounds.now } }, { validUntil: { $lte: bounds.noticeBefore }, noticedAt: null }],
    },
    { fields: ['id'], orderBy: { validUntil: 'asc', id: 'asc' }, limit: bounds.limit },
  );
  return found.map(({ id }) => id);
}

/** A file in the storage. */
export interface StoredDocument {
  id: string;
  storageKey: string;
}

/** Files that are not needed any longer: of proofs that were taken back, or rejected or expired before a moment. */
export async function findUnneededDocuments(
  em: EntityManager,
  { endedBefore, limit }: { endedBefore: Date; limit: number },
): Promise<StoredDocument[]> {
  const query = sql<{ id: string; storage_key: string }>`
    select d.id, d.storage_key
      from marketplace.verification_documents d left join marketplace.verifications v on v.id = d.verification_id
     where d.storage_key is not null
       and (v.id is null or (v.status = 'REJECTED' and v.decided_at < ${endedBefore})
         or (v.status = 'EXPIRED' and v.valid_until < ${endedBefore}))
     order by d.id limit ${limit}`;
  const { rows } = await query.execute(em.getKysely());
  return rows.map(({ id, storage_key: storageKey }) => ({ id, storageKey }));
}

/** Notes that files are gone. */
export async function forgetFiles(em: EntityManager, documents: readonly StoredDocument[]): Promise<void> {
  const ids = documents.map(({ id }) => id);
  await em.nativeUpdate(VerificationDocument, { id: { $in: ids } }, { storageKey: null });
}

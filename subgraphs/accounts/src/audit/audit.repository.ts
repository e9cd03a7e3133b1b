import { createHmac, randomBytes } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { AuditAction } from './audit.rules.js';
import { AuditEntry, AuditKey } from './audit-entry.entity.js';

/** What happened, for the log. */
export interface AuditRecord {
  action: AuditAction;
  /** Who did it. @default the signed-in person */
  actorId?: string | null;
  /** On whom it was done. @default nobody in particular */
  subjectId?: string | null;
  /** Ids and names of enums only: no text that a person wrote, no address. */
  details?: Readonly<Record<string, unknown>>;
}

/**
 * Adds a line to the audit log in the transaction of what it records; a failure is recorded in a transaction of its own.
 * The network address is kept as a hash under a key of the person (the actor, else the subject).
 */
export async function recordAudit(
  tx: EntityManager,
  { viewer, metadata }: Pick<RequestContext, 'viewer' | 'metadata'>,
  record: AuditRecord,
): Promise<void> {
  const viewerId = viewer.kind === 'user' ? viewer.userId : null;
  const actorId = record.actorId === undefined ? viewerId : record.actorId;
  const subjectId = record.subjectId ?? null;
  const person = actorId ?? subjectId;
  tx.create(AuditEntry, {
    id: newId(),
    at: new Date(),
    action: record.action,
    actorId,
    subjectId,
    networkHash: person ? await networkHash(tx, person, metadata.clientAddress) : null,
    requestId: metadata.requestId,
    details: record.details ?? {},
  });
}

/** Adds a line that another room tells of. Its id is the event's, so that one that is told again is not there twice. */
export async function insertEntryOnce(tx: EntityManager, entry: RequiredEntityData<AuditEntry>): Promise<void> {
  await tx.upsert(AuditEntry, entry, { onConflictAction: 'ignore' });
}

/** A network address under a person's own key; null when there is no address. */
export async function networkHash(
  tx: EntityManager,
  userId: string,
  address: string | undefined,
): Promise<string | null> {
  if (!address) return null;
  await tx.upsert(AuditKey, { userId, key: randomBytes(32).toString('base64') }, { onConflictAction: 'ignore' });
  const { key } = await tx.findOneOrFail(AuditKey, { userId });
  return createHmac('sha256', Buffer.from(key, 'base64')).update(address).digest('base64url');
}

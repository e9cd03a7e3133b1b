import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { DataExport } from './data-export.entity.js';
import { ownNewestFirst } from './newest-first.js';

/** Begins an archive. */
export function createExport(tx: EntityManager, userId: string, rooms: readonly string[]): DataExport {
  return tx.create(DataExport, {
    id: newId(),
    userId,
    status: 'PENDING',
    rooms: [...rooms],
    storageKey: null,
    requestedAt: new Date(),
    finishedAt: null,
    expiresAt: null,
  });
}

/** An archive, locked until the transaction ends. */
export function lockExport(tx: EntityManager, id: string): Promise<DataExport | null> {
  return tx.findOne(DataExport, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** The archive that is being gathered for somebody. */
export function findPendingExport(em: EntityManager, userId: string): Promise<DataExport | null> {
  return em.findOne(DataExport, { userId, status: 'PENDING' });
}

/** Was an archive of somebody finished after a moment? */
export async function hasExportSince(em: EntityManager, userId: string, moment: Date): Promise<boolean> {
  const finished = { status: { $in: ['READY', 'EXPIRED'] }, finishedAt: { $gt: moment } } as const;
  return (await em.count(DataExport, { userId, ...finished })) > 0;
}

/** An archive of somebody by id. */
export function findOwnExport(em: EntityManager, userId: string, id: string): Promise<DataExport | null> {
  return isId(id) ? em.findOne(DataExport, { id, userId }) : Promise.resolve(null);
}

/** A page of somebody's archives, the newest first. */
export function findOwnExports(em: EntityManager, userId: string, page: PageRequest): Promise<Connection<DataExport>> {
  return keysetPage(em, { entity: DataExport, ...ownNewestFirst('data_exports', 'requested_at', userId) }, page);
}

/** Archives that wait for their parts since before a moment, and those that may not be kept any longer. */
export async function findOverdueExports(
  em: EntityManager,
  { requestedBefore, now, limit }: { requestedBefore: Date; now: Date; limit: number },
): Promise<string[]> {
  const late = { status: 'PENDING', requestedAt: { $lt: requestedBefore } } as const;
  const old = { status: 'READY', expiresAt: { $lte: now } } as const;
  const found = await em.find(DataExport, { $or: [late, old] }, { fields: ['id'], orderBy: { id: 'asc' }, limit });
  return found.map(({ id }) => id);
}

/** Notes that a room's part came in. @returns how many have; undefined when this one was noted before */
export async function insertPart(tx: EntityManager, exportId: string, room: string): Promise<number | undefined> {
  const { numAffectedRows } = await sql`
    insert into accounts.data_export_parts (export_id, room, received_at)
    values (${exportId}, ${room}, ${new Date()}) on conflict do nothing`.execute(tx.getKysely());
  if (numAffectedRows === 0n) return undefined;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from accounts.data_export_parts where export_id = ${exportId}`.execute(
    tx.getKysely(),
  );
  return rows[0]?.count;
}

/** How many parts of archives have come in, batched. */
export const partsOfExports = defineLoader<string, number>(
  async ({ em }, ids) => {
    const { rows } = await sql<{ id: string; count: number }>`
      select export_id as id, count(*)::int as count from accounts.data_export_parts
       where export_id = any(${[...ids]}::uuid[]) group by 1`.execute(em.getKysely());
    return new Map(rows.map(({ id, count }) => [id, count]));
  },
  { absent: () => 0 },
);

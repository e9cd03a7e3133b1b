import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Report } from './report.entity.js';
import type { ReportReason, ReportStatus } from './report.rules.js';

type Given<Value> = Value | null | undefined;

/** Which reports are looked for; conditions add up. */
export interface ReportSearch {
  status?: Given<ReportStatus>;
  reason?: Given<ReportReason>;
  roomId?: Given<string>;
}

const OLDEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
];

/** A page of reports, the oldest first. */
export function findReports(
  em: EntityManager,
  { status, reason, roomId }: ReportSearch,
  page: PageRequest,
): Promise<Connection<Report>> {
  const conditions = [
    sql`true`,
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(reason ? [sql`t.reason = ${reason}`] : []),
    ...(roomId ? [isId(roomId) ? sql`t.room_id = ${roomId}` : sql`false`] : []),
  ];
  const from = sql`from messaging.reports t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: Report, from, order: OLDEST_FIRST }, page);
}

/** A report, unlocked. */
export function findReport(em: EntityManager, id: string): Promise<Report | null> {
  return isId(id) ? em.findOne(Report, { id }) : Promise.resolve(null);
}

/** Open reports about a message, locked: one decision is for all of them. */
export function lockOpenReports(tx: EntityManager, messageId: string): Promise<Report[]> {
  return tx.find(
    Report,
    { messageId, status: 'OPEN' },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' }, refresh: true },
  );
}

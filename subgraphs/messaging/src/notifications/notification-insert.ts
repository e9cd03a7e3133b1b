import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { mentionsIn } from '../catalogue/names.js';
import type { NewNotification } from './new-notification.js';

/** A notification that may be new, and whether the inbox shows it. */
interface Candidate {
  notification: NewNotification;
  isInApp: boolean;
}

/**
 * Inserts those that are not there yet, in one statement, in the order of their unique key: two that insert the same ones at
 * once wait for each other rather than for ever.
 *
 * @returns id and candidate of each that is new
 */
export async function insertNotifications<Given extends Candidate>(
  tx: EntityManager,
  candidates: readonly Given[],
  now: Date,
): Promise<{ id: string; candidate: Given }[]> {
  const byId = new Map(candidates.map((candidate) => [newId(), candidate]));
  const rows = [...byId].map(([id, { notification, isInApp }]) => ({
    id,
    user_id: notification.userId,
    type: notification.type,
    source_id: notification.sourceId,
    urgency: notification.urgency,
    values: notification.values,
    mentions: mentionsIn(notification.values),
    target_kind: notification.target?.kind ?? null,
    target_id: notification.target?.id ?? null,
    is_in_app: isInApp,
    expires_at: notification.expiresAt ?? null,
    time_zone: notification.timeZone,
  }));
  const { rows: inserted } = await sql<{ id: string }>`
    insert into messaging.notifications
      (id, user_id, type, source_id, urgency, "values", mentions, target_kind, target_id, is_in_app,
       expires_at, time_zone, created_at)
    select n.*, ${now}::timestamptz from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (
      id uuid, user_id uuid, type text, source_id text, urgency text, "values" jsonb, mentions uuid[], target_kind text,
      target_id uuid, is_in_app boolean, expires_at timestamptz, time_zone text)
    order by n.user_id, n.type, n.source_id
    on conflict (user_id, type, source_id) do nothing
    returning id`.execute(tx.getKysely());
  return inserted.flatMap(({ id }) => {
    const candidate = byId.get(id);
    return candidate ? [{ id, candidate }] : [];
  });
}

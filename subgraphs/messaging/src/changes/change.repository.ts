import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlState } from '@tutorgraph/kit/database/transaction';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { type RawBuilder, sql } from 'kysely';
import type { FollowedKind } from './followed-change.rules.js';
import { bounded, type SyncNow, type SyncPosition } from './sync-cursor.js';

/** What changed for somebody, by its id only. */
export interface ChangeRow {
  position: SyncPosition;
  what: 'ROOM' | 'MESSAGE' | 'NOTIFICATION' | FollowedKind;
  /** It is not there any longer, or not for this viewer. */
  isGone: boolean;
  /** A room to which the viewer belongs since the round before. */
  isNew: boolean;
}

/** Which changes: those that `upTo` sees and `since` does not. Both are snapshots as text. */
export interface Round {
  viewerId: string;
  /** Null for everything that there is now. */
  since: string | null;
  upTo: string;
  after: SyncPosition | null;
}

/** Sees nothing. */
const NOTHING = '1:1:';
/** So many of the youngest messages come with a room that is new to somebody. */
const MESSAGES_OF_NEW_ROOM = 100;
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** SQLSTATE class of values that do not fit, such as a snapshot that ends before it begins. */
const DATA_EXCEPTION = '22';

/** What is committed now, as a cursor can hold it. */
export async function readNow(em: EntityManager): Promise<SyncNow> {
  const { rows } = await sql<{ epoch: string; snapshot: string; at: Date | string }>`
    select epoch, pg_current_snapshot()::text as snapshot, now() as at from messaging.sync_epoch`.execute(
    em.getKysely(),
  );
  const [row] = rows;
  if (!row) throw new Error('messaging.sync_epoch is empty; start the room again');
  return { epoch: row.epoch, snapshot: bounded(row.snapshot), at: new Date(row.at).getTime() };
}

/**
 * Changes of a round in the order in which they are told: rooms, messages, notifications, things of other rooms. One statement.
 *
 * @throws BAD_USER_INPUT when a snapshot of a cursor is none
 */
export async function findChanges(em: EntityManager, round: Round, limit: number): Promise<ChangeRow[]> {
  const phases = [rooms, messages, notifications, followed]
    .map((of, phase) => ({ of, phase }))
    .filter(({ phase }) => phase >= (round.after?.phase ?? 0))
    .map(({ of, phase }) => {
      const after = round.after?.phase === phase ? round.after : null;
      return sql`(select ${sql.lit(phase)}::int as phase, found.* from (${of({ ...round, after }, limit)}) found)`;
    });
  const query = sql<Found>`
    with bounds as materialized (
      select cast(${round.since ?? NOTHING} as pg_snapshot) as since, cast(${round.upTo} as pg_snapshot) as up_to,
        pg_snapshot_xmin(cast(${round.since ?? NOTHING} as pg_snapshot)) as oldest
    )
    ${sql.join(phases, sql` union all `)}
    order by phase, group_id, tx, id limit ${limit}`;
  try {
    const { rows } = await query.execute(em.getKysely());
    return rows.map(({ phase, group_id: groupId, tx, id, what, is_gone: isGone, is_new: isNew }) => {
      return { position: { phase, groupId, tx, id }, what, isGone, isNew };
    });
  } catch (error) {
    if (!sqlState(error).startsWith(DATA_EXCEPTION)) throw error;
    throw badUserInput('The cursor is not one that changesSince gave; start without it', error);
  }
}

interface Found {
  phase: number;
  group_id: string;
  tx: string;
  id: string;
  what: ChangeRow['what'];
  is_gone: boolean;
  is_new: boolean;
}

/** Was it changed in this round? */
function inRound(tx: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`pg_visible_in_snapshot(${tx}, b.up_to) and not pg_visible_in_snapshot(${tx}, b.since)`;
}

/** One's rooms that changed, or one's own place in them. At the beginning none that one has left. */
function rooms({ viewerId, since, after }: Round, limit: number): RawBuilder<unknown> {
  return sql`
    select m.room_id as group_id, '0'::xid8 as tx, m.room_id as id, 'ROOM' as what, m.ended_at is not null as is_gone,
      m.ended_at is null and not pg_visible_in_snapshot(m.joined_tx, b.since) as is_new
    from bounds b cross join messaging.chat_members m join messaging.chat_rooms r on r.id = m.room_id
    where m.user_id = ${viewerId} and m.room_id > ${after?.id ?? NOBODY}
      and ((${inRound(sql`m.changed_tx`)} and (m.ended_at is null or ${sql.lit(since !== null)}))
        or (m.ended_at is null and (${inRound(sql`m.joined_tx`)} or ${inRound(sql`r.changed_tx`)})))
    order by m.room_id limit ${limit}`;
}

/** Messages of the rooms to which one belongs; of one that is new, the youngest. */
function messages({ viewerId, after }: Round, limit: number): RawBuilder<unknown> {
  const behind = after
    ? sql`and (t.room_id, t.changed_tx, t.id) > (${after.groupId}::uuid, ${after.tx}::xid8, ${after.id}::uuid)`
    : sql``;
  const ordered = sql`order by t.changed_tx, t.id limit ${limit}`;
  return sql`
    select m.room_id as group_id, c.tx, c.id, 'MESSAGE' as what, false as is_gone, false as is_new
    from bounds b cross join messaging.chat_members m join messaging.chat_rooms r on r.id = m.room_id
    cross join lateral (
      (select t.changed_tx as tx, t.id from messaging.chat_messages t
        where pg_visible_in_snapshot(m.joined_tx, b.since) and t.room_id = m.room_id and t.changed_tx >= b.oldest
          and ${inRound(sql`t.changed_tx`)} ${behind} ${ordered})
      union all
      (select t.changed_tx, t.id from messaging.chat_messages t
        where not pg_visible_in_snapshot(m.joined_tx, b.since) and t.room_id = m.room_id
          and t.sequence > r.last_sequence - ${MESSAGES_OF_NEW_ROOM}
          and pg_visible_in_snapshot(t.changed_tx, b.up_to) ${behind} ${ordered})
    ) c
    where m.user_id = ${viewerId} and m.ended_at is null and pg_visible_in_snapshot(m.joined_tx, b.up_to)
      and m.room_id >= ${after?.groupId ?? NOBODY}
    order by m.room_id, c.tx, c.id limit ${limit}`;
}

/** One's notifications. At the beginning none that one has deleted. */
function notifications({ viewerId, since, after }: Round, limit: number): RawBuilder<unknown> {
  return sql`
    select ${NOBODY}::uuid as group_id, n.changed_tx as tx, n.id, 'NOTIFICATION' as what,
      n.deleted_at is not null as is_gone, false as is_new
    from bounds b cross join messaging.notifications n
    where n.user_id = ${viewerId} and n.is_in_app and n.changed_tx >= b.oldest and ${inRound(sql`n.changed_tx`)}
      and (n.deleted_at is null or ${sql.lit(since !== null)}) ${behindTx(sql`n.changed_tx`, sql`n.id`, after)}
    order by n.changed_tx, n.id limit ${limit}`;
}

/** What one follows in other rooms. At the beginning nothing that is deleted. */
function followed({ viewerId, since, after }: Round, limit: number): RawBuilder<unknown> {
  return sql`
    select ${NOBODY}::uuid as group_id, f.changed_tx as tx, f.ref_id as id, f.kind as what, f.is_deleted as is_gone,
      false as is_new
    from bounds b cross join messaging.followed_changes f
    where f.user_id = ${viewerId} and f.changed_tx >= b.oldest and ${inRound(sql`f.changed_tx`)}
      and (not f.is_deleted or ${sql.lit(since !== null)}) ${behindTx(sql`f.changed_tx`, sql`f.ref_id`, after)}
    order by f.changed_tx, f.ref_id limit ${limit}`;
}

function behindTx(tx: RawBuilder<unknown>, id: RawBuilder<unknown>, after: SyncPosition | null): RawBuilder<unknown> {
  return after ? sql`and (${tx}, ${id}) > (${after.tx}::xid8, ${after.id}::uuid)` : sql``;
}

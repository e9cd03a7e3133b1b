import { IsolationLevel } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Outbox, OutboxRelay } from './outbox.entity.js';
import { tableOf } from './outbox-log.js';

const NUMBERED_AT_ONCE = 5_000;

/** Where a room's outbox stands. */
interface OutboxState {
  lastPosition: number;
  /** Are there committed events without a position? */
  hasUnnumbered: boolean;
}

/** Makes the row whose lock decides; several processes may try at once. */
export async function createRelayRow(em: EntityManager): Promise<void> {
  await em.fork().execute(`insert into ${tableOf(em, OutboxRelay)} (id) values (1) on conflict do nothing`);
}

/** Looks, without a lock, whether there is anything to do. */
export async function readOutboxState(em: EntityManager): Promise<OutboxState> {
  const [row] = await em.fork().execute<{ last: string; unnumbered: boolean }[]>(
    `select last_position as last,
            exists (select from ${tableOf(em, Outbox)} where position is null) as unnumbered
       from ${tableOf(em, OutboxRelay)} where id = 1`,
  );
  return { lastPosition: Number(row?.last ?? 0), hasUnnumbered: row?.unnumbered ?? false };
}

/**
 * Gives the next positions to committed events without one, in the order of insertion, in a transaction of its own.
 *
 * @param atLeast positions begin above it: the stream may know more than a database that was restored from a backup
 * @returns how many were numbered; undefined when another relay is at it
 */
export async function numberEvents(em: EntityManager, atLeast: number): Promise<number | undefined> {
  const outbox = tableOf(em, Outbox);
  const relay = tableOf(em, OutboxRelay);
  const lock = `select from ${relay} where id = 1 for update skip locked`;
  // A statement of its own: it must see what was committed before the lock was taken.
  const number = `
    with base as (
      select greatest(last_position, ?) as position from ${relay} where id = 1
    ), unnumbered as (
      select sequence from ${outbox} where position is null order by sequence limit ${NUMBERED_AT_ONCE}
    ), placed as (
      select sequence, row_number() over (order by sequence) as place from unnumbered
    ), numbered as (
      update ${outbox} as event set position = base.position + placed.place, positioned_at = clock_timestamp()
        from placed, base where event.sequence = placed.sequence returning 1
    )
    update ${relay} set last_position = (select position from base) + (select count(*) from numbered)
     where id = 1 returning (select count(*)::int from numbered) as count`;
  return em.fork().transactional(
    async (tx) => {
      const locked = await tx.execute<unknown[]>(lock);
      if (locked.length === 0) return undefined;
      const [row] = await tx.execute<{ count: number }[]>(number, [atLeast]);
      return row?.count ?? 0;
    },
    { isolationLevel: IsolationLevel.READ_COMMITTED },
  );
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import { hoursOfSchedule, hoursOfText } from './hours.rules.js';
import { MarketOrder, MarketTutor } from './market.entity.js';
import { type MarketListener, tellChange } from './market-change.js';
import { countAnew } from './statistics.repository.js';

const BATCH = 500;

interface Moved {
  id: string;
  hours: string | null;
}

/** Brings up to date what changes though nothing happens: lessons of the last and next days, and hours by the clock. */
export class MarketRefresh {
  constructor(
    private readonly em: EntityManager,
    private readonly listeners: readonly MarketListener[],
  ) {}

  /** All tutors and open orders, a transaction for each 500; repeating it changes nothing. */
  async run(signal: AbortSignal, now: Date): Promise<void> {
    for (const batch of [tutorBatch, orderBatch]) {
      for (let after: string | null = null, isLast = false; !isLast; ) {
        signal.throwIfAborted();
        const from: string | null = after;
        const ids: string[] = await transaction(this.em, (tx) => batch(tx, from, now, this.listeners));
        after = ids.at(-1) ?? null;
        isLast = ids.length < BATCH;
      }
    }
  }
}

async function tutorBatch(
  tx: EntityManager,
  after: string | null,
  now: Date,
  listeners: readonly MarketListener[],
): Promise<string[]> {
  const tutors = await tx.find(MarketTutor, after === null ? {} : { id: { $gt: after } }, {
    ...{ orderBy: { id: 'asc' }, limit: BATCH, fields: ['hours', 'schedule'] },
  });
  const ids = tutors.map(({ id }) => id);
  const moved = movedOf(tutors, ({ schedule }) =>
    schedule ? hoursOfSchedule(schedule.windows, schedule.timeZone, now) : null,
  );
  await move(tx, 'tutors', 'id', moved);
  await move(tx, 'offers', 'tutor_id', moved);
  const counted = await countAnew(tx, ids, now);
  await tellChange(tx, listeners, { tutorIds: [...moved.map(({ id }) => id), ...counted], orderIds: [] });
  return ids;
}

async function orderBatch(
  tx: EntityManager,
  after: string | null,
  now: Date,
  listeners: readonly MarketListener[],
): Promise<string[]> {
  const orders = await tx.find(
    MarketOrder,
    { status: 'OPEN', preferredTimes: { $ne: null }, ...(after !== null && { id: { $gt: after } }) },
    { orderBy: { id: 'asc' }, limit: BATCH, fields: ['hours', 'preferredTimes', 'timeZone'] },
  );
  const moved = movedOf(orders, ({ preferredTimes, timeZone }) => hoursOfText(preferredTimes ?? '', timeZone, now));
  await move(tx, 'orders', 'id', moved);
  await tellChange(tx, listeners, { tutorIds: [], orderIds: moved.map(({ id }) => id) });
  return orders.map(({ id }) => id);
}

function movedOf<Row extends { id: string; hours?: string | null | undefined }>(
  rows: readonly Row[],
  hoursOf: (row: Row) => string | null,
): Moved[] {
  return rows.flatMap((row) => {
    const hours = hoursOf(row);
    return hours === (row.hours ?? null) ? [] : [{ id: row.id, hours }];
  });
}

async function move(tx: EntityManager, table: string, key: string, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    update recommendations.${sql.raw(table)} t set hours = m.hours
      from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m (id uuid, hours bit(168))
     where t.${sql.raw(key)} = m.id`.execute(tx.getKysely());
}

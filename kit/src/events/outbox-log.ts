import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventBus, EventLog } from './bus.js';
import type { DomainEvent } from './event.js';
import { Outbox, OutboxRelay } from './outbox.entity.js';

const PURGED_AT_ONCE = 1_000;

/** The numbered events of a room, read from its outbox. */
export function outboxLog(em: EntityManager): EventLog {
  const outbox = tableOf(em, Outbox);
  const relay = tableOf(em, OutboxRelay);
  return {
    top: async () => {
      const [row] = await em
        .fork()
        .execute<{ top: string }[]>(`select last_position as top from ${relay} where id = 1`);
      return Number(row?.top ?? 0);
    },
    oldest: async () => {
      const [row] = await em
        .fork()
        .execute<{ oldest: string | null }[]>(`select min(position) as oldest from ${outbox}`);
      return row?.oldest ? Number(row.oldest) : undefined;
    },
    read: async (after, limit) => {
      const rows = await em
        .fork()
        .execute<{ position: string; event: DomainEvent }[]>(
          `select position, event from ${outbox} where position > ? order by position limit ?`,
          [after, limit],
        );
      return rows.map(({ position, event }) => ({ position: Number(position), event }));
    },
  };
}

/**
 * Drops published events that were numbered before a time, from the outbox and from the bus, in small steps. What is not
 * published yet stays, however old.
 *
 * @returns how many were dropped
 */
export async function purgeOutbox(options: {
  em: EntityManager;
  bus: EventBus;
  /** The room's name. */
  stream: string;
  olderThan: Date;
}): Promise<number> {
  const { em, bus, stream, olderThan } = options;
  const outbox = tableOf(em, Outbox);
  // Always a beginning of the stream: what follows a younger event stays, so that history has no holes.
  const dropOldest = `
    with head as (
      select sequence, position, positioned_at from ${outbox} where position <= ? order by position limit ${PURGED_AT_ONCE}
    ), dropped as (
      delete from ${outbox} as event using head where event.sequence = head.sequence
         and not exists (select from head as kept where kept.positioned_at >= ? and kept.position <= head.position)
      returning event.position
    )
    select count(*)::int as count, max(position) as last from dropped`;
  for (let total = 0; ; ) {
    const published = await bus.top(stream);
    const [row] = await em.fork().execute<{ count: number; last: string | null }[]>(dropOldest, [published, olderThan]);
    if (!row || row.last === null) return total;
    total += row.count;
    await bus.trim(stream, Number(row.last) + 1);
    if (row.count < PURGED_AT_ONCE) return total;
  }
}

/** A table's full name for SQL: statements written by hand know nothing of the room's schema. */
export function tableOf(em: EntityManager, entity: EntityName<object>): string {
  const { tableName, schema } = em.getMetadata().get(entity);
  return em.getPlatform().quoteIdentifier(`${schema ?? em.config.get('schema')}.${tableName}`);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { afterCommit } from '../database/transaction.js';
import type { DomainEvent } from './event.js';
import { Outbox } from './outbox.entity.js';

interface Alarm {
  ring: () => void;
  sleepers: Set<() => void>;
}

/** By MikroORM configuration, which all forks of one instance share: who records an event need not know the relay. */
const alarms = new WeakMap<object, Alarm>();

/**
 * Leaves an event in the room's outbox, in the business transaction: it is published when that commits, and only then.
 *
 * @throws outside `transaction()`
 */
export function recordEvent(tx: EntityManager, event: DomainEvent): void {
  afterCommit(alarmOf(tx).ring);
  tx.create(Outbox, { event });
}

/**
 * Leaves an event in the room's outbox if the condition holds, by a statement that is the same when it does not: for what
 * may not be told apart by what it takes. What was recorded before keeps its place before it.
 *
 * @param condition in SQL, such as `exists (select …)`
 * @throws outside `transaction()`
 */
export async function recordEventIf(
  tx: EntityManager,
  event: DomainEvent,
  condition: RawBuilder<unknown>,
): Promise<void> {
  afterCommit(alarmOf(tx).ring);
  await tx.flush();
  const table = sql.table(`${tx.config.get('schema')}.outbox`);
  await sql`insert into ${table} (event) select ${JSON.stringify(event)}::jsonb where ${condition}`.execute(
    tx.getKysely(),
  );
}

/** Calls `wake` after each commit in this process that recorded events; returns how to stop. */
export function onEventsRecorded(em: EntityManager, wake: () => void): () => void {
  const { sleepers } = alarmOf(em);
  sleepers.add(wake);
  return () => sleepers.delete(wake);
}

function alarmOf(em: EntityManager): Alarm {
  const known = alarms.get(em.config);
  if (known) return known;
  const sleepers = new Set<() => void>();
  const alarm = {
    sleepers,
    ring: () => {
      for (const wake of sleepers) wake();
    },
  };
  alarms.set(em.config, alarm);
  return alarm;
}

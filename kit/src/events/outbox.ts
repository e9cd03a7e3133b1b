import type { EntityManager } from '@mikro-orm/postgresql';
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

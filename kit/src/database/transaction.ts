import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';

interface OpenTransaction {
  afterCommit: Set<() => void>;
}

const open = new AsyncLocalStorage<OpenTransaction | undefined>();
const RETRIED_STATES = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;

/**
 * Runs `work` in one short database transaction and flushes it. A serialisation failure or deadlock (40001, 40P01)
 * rolls back and runs `work` again, up to five times, with a growing random pause. Whatever `work` throws rolls back.
 *
 * Nothing but this transaction's SQL may be awaited inside: clients of anything outside throw there.
 */
export async function transaction<T>(em: EntityManager, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const scope: OpenTransaction = { afterCommit: new Set() };
    try {
      const result = await open.run(scope, () => em.fork().transactional(work));
      for (const callback of scope.afterCommit) callback();
      return result;
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !RETRIED_STATES.has(sqlState(error))) throw error;
      await delay(2 ** attempt * 5 * (0.5 + Math.random()));
    }
  }
}

/** Calls `callback` once the transaction that is open here has committed; several equal callbacks run once. */
export function afterCommit(callback: () => void): void {
  const scope = open.getStore();
  if (!scope) throw new Error('afterCommit was called outside transaction(); call it inside its work function');
  scope.afterCommit.add(callback);
}

/** @throws when a transaction is open in this asynchronous context: an outside call would hold its locks. */
export function assertOutsideTransaction(what: string): void {
  if (open.getStore()) {
    throw new Error(`${what} was called inside a database transaction; commit first, call, then store the result`);
  }
}

/** PostgreSQL's five-character error code behind an error, or an empty string. */
export function sqlState(error: unknown): string {
  return readText(error, 'code');
}

/** The name of the constraint that refused a write, or an empty string; repositories translate it. */
export function violatedConstraint(error: unknown): string {
  return readText(error, 'constraint');
}

function readText(error: unknown, key: string): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    const value: unknown = Reflect.get(current, key);
    if (typeof value === 'string') return value;
  }
  return '';
}

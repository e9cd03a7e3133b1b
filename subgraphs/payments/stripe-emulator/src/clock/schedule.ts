import { newId, PLATFORM } from '../store/ids.js';
import type { Task } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

/** What is to be done, and when. */
export interface Due {
  /** Unix seconds. */
  at: number;
  /** A name of some resource's `tasks`. */
  task: string;
  /** What the task is told, such as an object's id. */
  subject: string;
  /** The test clock that decides. @default null, the emulator's own clock */
  testClock?: string | null;
}

/**
 * Has a resource's task done when the clock comes to its time, for the transaction's account and in a commit of its
 * own whose `now` is that time. Survives a restart, and happens with the change that it was asked for or not at all.
 *
 * @returns an id to {@link unschedule} it by
 */
export function schedule(tx: Transaction, { at, task, subject, testClock = null }: Due): string {
  const id = newId('task');
  tx.in(PLATFORM).put('task', { id, at, task, subject, account: tx.account, testClock });
  return id;
}

/** Takes back what was asked for; nothing happens when it has been done already. */
export function unschedule(tx: Transaction, id: string): void {
  tx.in(PLATFORM).remove('task', id);
}

/** Takes back everything of this kind that is still to be done to a subject. */
export function unscheduleAll(tx: Transaction, task: string, subject: string): void {
  const isMeant = (one: Task) => one.task === task && one.subject === subject && one.account === tx.account;
  for (const { id } of tx.in(PLATFORM).all('task', isMeant)) unschedule(tx, id);
}

import type { Task } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

/** The test clock that a customer lives by, if any. */
export function testClockOf(tx: Transaction, customerId: string): string | null {
  const customer = tx.find('customer', customerId);
  const clock = customer && !customer.deleted ? customer.test_clock : null;
  return typeof clock === 'string' && tx.find('test_helpers.test_clock', clock) ? clock : null;
}

/** The same commit in the customer's time: that of its test clock, or the emulator's. */
export function inTimeOf(tx: Transaction, customerId: string): Transaction {
  const id = testClockOf(tx, customerId);
  return id === null ? tx : tx.at(tx.get('test_helpers.test_clock', id).frozen_time);
}

/** Has a test clock show the time of a task that it makes due, so that everybody reads the same time from it. */
export function arriveAt(tx: Transaction, { testClock, at }: Task): Transaction {
  const clock = testClock === null ? undefined : tx.find('test_helpers.test_clock', testClock);
  if (clock && clock.frozen_time < at) tx.put('test_helpers.test_clock', { ...clock, frozen_time: at });
  return tx;
}

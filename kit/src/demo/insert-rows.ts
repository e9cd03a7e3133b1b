import type { EntityName, RequiredEntityData } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '../database/transaction.js';

/** Rows of one table. */
export interface RowSet {
  /** How many there are. */
  count: number;
  /** Adds the rows from `first` on, `count` of them at most, in the open transaction. */
  insert(tx: EntityManager, first: number, count: number): Promise<void>;
}

const BATCH = 200;

/** Rows of an entity, ready for `insertRows`. */
export function rowsOf<Entity extends object>(
  entity: EntityName<Entity>,
  rows: readonly RequiredEntityData<Entity>[],
): RowSet {
  return {
    count: rows.length,
    insert: async (tx, first, count) => {
      await tx.insertMany(entity, rows.slice(first, first + count));
    },
  };
}

/** Inserts tables one after another, a short transaction for each 200 rows, and tells the share that is done. */
export async function insertRows(
  em: EntityManager,
  sets: readonly RowSet[],
  onProgress: (share: number) => void,
): Promise<void> {
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  for (const set of sets) {
    for (let first = 0; first < set.count; first += BATCH) {
      await transaction(em, (tx) => set.insert(tx, first, BATCH));
      done += Math.min(BATCH, set.count - first);
      onProgress(done / total);
    }
  }
}

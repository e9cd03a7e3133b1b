import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type NewJournal, postJournal } from '../src/ledger/post.js';
import { splitLesson } from '../src/payments/split.rules.js';

/** A paid lesson as the ledger sees it; a fifth of it is the platform's. */
export function lesson(amountMinor = 10_000, currency = 'USD') {
  return {
    ...{ id: newId(), kind: 'LESSON' as const, payerId: newId(), tutorId: newId(), amountMinor, currency },
    ...splitLesson(amountMinor, 20, 0),
  };
}

/** Records journals as parts of the room do, one after another. @returns for each, was it new? */
export async function record(em: EntityManager, journals: readonly NewJournal[], now = new Date()): Promise<boolean[]> {
  const isNew: boolean[] = [];
  for (const journal of journals) isNew.push(await transaction(em, (tx) => postJournal(tx, journal, now)));
  return isNew;
}

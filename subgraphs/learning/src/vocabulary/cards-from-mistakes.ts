import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { EnglishEdit } from '../english/english-check.js';
import { VocabularyCard } from './card.entity.js';
import { MOST_CARDS } from './card.rules.js';
import { cardsOfMistakes, keyOfMistake } from './mistakes.rules.js';
import { newMemory } from './scheduler.js';

/**
 * Makes cards of the mistakes in a student's text, in the transaction that keeps its check: few, of what is surely wrong, and none
 * that the student has already.
 */
export async function addCardsFromEdits(
  tx: EntityManager,
  studentId: string,
  edits: readonly EnglishEdit[],
  text: string,
  at: Date,
): Promise<void> {
  const cards = cardsOfMistakes(text, edits);
  if (cards.length === 0 || (await tx.count(VocabularyCard, { studentId })) + cards.length > MOST_CARDS) return;
  const rows = cards.map((card) => ({
    ...{ id: newId(), studentId, ...card, context: null, source: 'MISTAKE' as const, lessonId: null },
    ...{ ...newMemory(at), introducedAt: null, suspendedAt: null, createdAt: at, updatedAt: at },
  }));
  // In the order of the key, so that two checks of the same student at once do not wait for each other.
  const inOrder = rows.toSorted((one, other) => (one.dedupeKey < other.dedupeKey ? -1 : 1));
  await tx.upsertMany(VocabularyCard, inOrder, {
    onConflictFields: ['studentId', 'dedupeKey'],
    onConflictAction: 'ignore',
  });
}

/** Takes the cards of edits away which a curator found to be no mistakes. */
export async function dropCardsOfEdits(
  tx: EntityManager,
  studentId: string,
  edits: readonly EnglishEdit[],
  text: string,
): Promise<void> {
  if (edits.length === 0) return;
  const dedupeKey = { $in: edits.map((edit) => keyOfMistake(text, edit)) };
  await tx.nativeDelete(VocabularyCard, { studentId, source: 'MISTAKE', dedupeKey });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { findStudentOf } from '../students/student.repository.js';
import { VocabularyCard, VocabularyReview } from '../vocabulary/card.entity.js';

/** What somebody learns by heart, and how well they knew it each time. */
export async function collectVocabulary(em: EntityManager, userId: string): Promise<PersonalData> {
  const student = await findStudentOf(em, userId);
  const cards = student
    ? await em.find(VocabularyCard, { studentId: student.id }, { orderBy: { createdAt: 'asc', id: 'asc' } })
    : [];
  const ids = cards.map(({ id }) => id);
  const reviews = await em.find(VocabularyReview, { cardId: { $in: ids } }, { orderBy: { number: 'asc' } });
  const byCard = Map.groupBy(reviews, ({ cardId }) => cardId);
  return {
    sections: {
      vocabulary: cards.map(({ id, front, back, context, source, state, dueAt, suspendedAt, createdAt }) => ({
        ...{ front, back, context, source, state, dueAt, suspendedAt, createdAt },
        reviews: (byCard.get(id) ?? []).map(({ rating, reviewedAt }) => ({ rating, reviewedAt })),
      })),
    },
  };
}

/** Their cards go, with all reviews: they hold their own sentences. */
export async function eraseVocabulary(tx: EntityManager, userId: string): Promise<void> {
  const student = await findStudentOf(tx, userId);
  if (student) await tx.nativeDelete(VocabularyCard, { studentId: student.id });
}

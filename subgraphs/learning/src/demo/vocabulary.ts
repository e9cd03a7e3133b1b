import type { RequiredEntityData } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import type { RowSet } from '@tutorgraph/kit/demo/insert-rows';
import { Random } from '@tutorgraph/kit/demo/random';
import { sql } from 'kysely';
import type { EnglishEditKind } from '../english/english-check.js';
import type { CheckedEdit } from '../homework-check/homework-check.rules.js';
import { VocabularyCard, VocabularyReview } from '../vocabulary/card.entity.js';
import { type CardSource, dedupeKeyOf } from '../vocabulary/card.rules.js';
import { cardsOfMistakes } from '../vocabulary/mistakes.rules.js';
import { type CardMemory, type CardRating, CardScheduler, elapsedDays, newMemory } from '../vocabulary/scheduler.js';
import { DemoIds } from './demo-ids.js';
import { WORDS } from './words.js';

type Card = RequiredEntityData<VocabularyCard>;
type Review = RequiredEntityData<VocabularyReview>;

interface CheckedText {
  studentId: string;
  text: string;
  edits: readonly CheckedEdit[];
  dismissed: readonly string[];
  checkedAt: string;
  /** Until when they learned. */
  until: string;
}

interface Learner {
  id: string;
  createdAt: string;
  /** Until when they learned. */
  until: string;
}

/** A card before anybody has learned it. */
interface MadeCard {
  studentId: string;
  source: CardSource;
  front: string;
  back: string;
  context: string | null;
  kind: EnglishEditKind | null;
  dedupeKey: string;
  createdAt: Date;
  until: Date;
}

const HOUR_MS = 3_600_000;
const WORD_EVERY_MS = 5 * 24 * HOUR_MS;
const RATINGS: readonly CardRating[] = ['AGAIN', 'HARD', 'GOOD', 'GOOD', 'GOOD', 'GOOD', 'EASY'];

/** Cards of the mistakes in the demo's homework, and words that its learners wrote down, with their reviews. */
export function vocabularyRows(seed: number): RowSet {
  return {
    count: 1,
    insert: async (tx) => {
      const ids = new DemoIds(seed);
      const made = [...mistakes(await checkedTexts(tx)), ...ownWords(await learners(tx), seed)];
      const rows = made.map((card) => cardRows(card, ids));
      if (rows.length === 0) return;
      await tx.insertMany(
        VocabularyCard,
        rows.map(({ card }) => card),
      );
      await tx.insertMany(
        VocabularyReview,
        rows.flatMap(({ reviews }) => reviews),
      );
    },
  };
}

function mistakes(texts: readonly CheckedText[]): MadeCard[] {
  const cards = new Map<string, MadeCard>();
  for (const { studentId, text, edits, dismissed, checkedAt, until } of texts) {
    const standing = edits.filter(({ id }) => !dismissed.includes(id));
    for (const mistake of cardsOfMistakes(text, standing)) {
      const key = `${studentId} ${mistake.dedupeKey}`;
      const times = { createdAt: new Date(checkedAt), until: new Date(until) };
      if (!cards.has(key)) cards.set(key, { studentId, source: 'MISTAKE', context: null, ...mistake, ...times });
    }
  }
  return [...cards.values()];
}

/** Whoever learns longer has written down more. */
function ownWords(students: readonly Learner[], seed: number): MadeCard[] {
  return students.flatMap((student) => {
    const random = new Random('words', seed, student.id);
    const [from, until] = [new Date(student.createdAt), new Date(student.until)];
    const learns = until.getTime() - from.getTime();
    const words = random.shuffle(WORDS).slice(0, Math.min(WORDS.length, Math.floor(learns / WORD_EVERY_MS)));
    return words.map(([front, back, context]) => ({
      ...{ studentId: student.id, source: 'OWN' as const, front, back, context, kind: null },
      ...{ dedupeKey: dedupeKeyOf('OWN', front), createdAt: new Date(from.getTime() + learns * random.next()), until },
    }));
  });
}

function cardRows({ until, ...card }: MadeCard, ids: DemoIds): { card: Card; reviews: Review[] } {
  const id = ids.next('card');
  const { memory, reviews } = learned(id, card.createdAt, until, ids);
  const introducedAt = reviews[0]?.reviewedAt ?? null;
  const updatedAt = memory.lastReviewedAt ?? card.createdAt;
  return { card: { id, ...card, lessonId: null, ...memory, introducedAt, suspendedAt: null, updatedAt }, reviews };
}

async function learners(tx: EntityManager): Promise<Learner[]> {
  const { rows } = await sql<Learner>`
    select id, created_at as "createdAt", last_active_at as until from learning.students
     where id::text like ${DEMO_ID_PATTERN} and user_id is not null and last_active_at is not null order by id`.execute(
    tx.getKysely(),
  );
  return rows;
}

async function checkedTexts(tx: EntityManager): Promise<CheckedText[]> {
  const { rows } = await sql<CheckedText>`
    select a.student_id as "studentId", s.text, c.edits, c.checked_at as "checkedAt", st.last_active_at as until,
           coalesce((select r.dismissed_edits from learning.homework_reviews r where r.submission_id = s.id
                      order by r.number desc limit 1), '[]') as dismissed
      from learning.homework_submissions s join learning.homework_checks c on c.submission_id = s.id
      join learning.homework_assignments a on a.id = s.assignment_id
      join learning.students st on st.id = a.student_id and st.last_active_at is not null
     where s.id::text like ${DEMO_ID_PATTERN} order by c.checked_at, s.id`.execute(tx.getKysely());
  return rows;
}

/** Reviews of a card, each some hours after it was due, as long as its student learns, and what is known of it after them. */
function learned(
  cardId: string,
  createdAt: Date,
  until: Date,
  ids: DemoIds,
): { memory: CardMemory; reviews: (Review & { reviewedAt: Date })[] } {
  const scheduler = new CardScheduler(0.9);
  const random = new Random('card', cardId);
  const reviews: (Review & { reviewedAt: Date })[] = [];
  let memory = newMemory(createdAt);
  for (;;) {
    const at = new Date(memory.dueAt.getTime() + random.logNormal(memory.scheduledDays > 0 ? 12 : 1, 0.6) * HOUR_MS);
    if (at > until) return { memory, reviews };
    const rating = random.pick(RATINGS);
    const next = scheduler.review(memory, rating, at);
    reviews.push({
      ...{ id: ids.next('card-review'), cardId, number: next.reviewCount, rating, stateBefore: memory.state },
      ...{ stabilityBefore: memory.stability, difficultyBefore: memory.difficulty, dueBefore: memory.dueAt },
      ...{ elapsedDays: elapsedDays(memory, at), reviewedAt: at },
    });
    memory = next;
  }
}

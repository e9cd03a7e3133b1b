import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader, type LoaderDefinition } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { VocabularyCard } from './card.entity.js';
import { type CardSource, startOfDay } from './card.rules.js';

/** Which cards; conditions add up. */
export interface CardSearch {
  source?: CardSource | null | undefined;
  isSuspended?: boolean | null | undefined;
  text?: string | null | undefined;
}

/** How somebody gets on with their cards. */
export interface CardStatistics {
  total: number;
  suspended: number;
  fresh: number;
  learned: number;
  dueNow: number;
  dueToday: number;
  reviewedToday: number;
  retention: number | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Retention is of so many days. */
const RETENTION_DAYS = 30;

const DUE: readonly SortKey[] = [
  { expression: sql`(t.state = 'NEW')::int`, type: 'integer', direction: 'asc' },
  { expression: sql`t.due_at`, type: 'timestamptz', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
];
const NEWEST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** What is due at a moment, the longest first, and after it as many new cards as the day has left. */
export function findDueCards(
  em: EntityManager,
  studentId: string,
  { at, newADay }: { at: Date; newADay: number },
  page: PageRequest,
): Promise<Connection<VocabularyCard>> {
  const from = sql`from learning.vocabulary_cards t
    where t.student_id = ${studentId} and t.suspended_at is null and (
      (t.state <> 'NEW' and t.due_at <= ${at}::timestamptz)
      or t.id in (select fresh.id from learning.vocabulary_cards fresh
        where fresh.student_id = ${studentId} and fresh.state = 'NEW' and fresh.suspended_at is null
        order by fresh.due_at, fresh.id limit (
          select greatest(0, ${newADay}::int - count(*)) from learning.vocabulary_cards begun
           where begun.student_id = ${studentId} and begun.introduced_at >= ${startOfDay(at)}::timestamptz)))`;
  return keysetPage(em, { entity: VocabularyCard, from, order: DUE }, page);
}

/** A page of somebody's cards, the newest first. */
export function findCards(
  em: EntityManager,
  studentId: string,
  { source, isSuspended, text }: CardSearch,
  page: PageRequest,
): Promise<Connection<VocabularyCard>> {
  const conditions = [sql`t.student_id = ${studentId}`];
  if (source) conditions.push(sql`t.source = ${source}`);
  if (typeof isSuspended === 'boolean') conditions.push(sql`(t.suspended_at is not null) = ${isSuspended}`);
  const wanted = text?.trim();
  // One student's own cards are few enough to look through.
  if (wanted) conditions.push(sql`position(lower(${wanted}) in lower(concat_ws(' ', t.front, t.back, t.context))) > 0`);
  const from = sql`from learning.vocabulary_cards t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: VocabularyCard, from, order: NEWEST }, page);
}

/** A student's card, locked until the transaction ends; null when they have no such card. */
export async function lockCard(tx: EntityManager, studentId: string, id: string): Promise<VocabularyCard | null> {
  if (!isId(id)) return null;
  await sql`select from learning.vocabulary_cards where id = ${id} and student_id = ${studentId} for update`.execute(
    tx.getKysely(),
  );
  return tx.findOne(VocabularyCard, { id, studentId }, { refresh: true });
}

/** Statistics of students' cards, batched; whoever asks checks who may know. */
export function statisticsOfStudents(newADay: number): LoaderDefinition<string, CardStatistics> {
  return defineLoader<string, CardStatistics>(
    async ({ em }, studentIds) => {
      const now = new Date();
      const today = startOfDay(now);
      const tomorrow = new Date(today.getTime() + DAY_MS);
      const since = new Date(now.getTime() - RETENTION_DAYS * DAY_MS);
      const { rows } = await sql<CardStatistics & { id: string }>`
        select asked.id, c.total, c.suspended, c.fresh, c.learned, r."reviewedToday", r.retention,
            c.due_now + least(c.fresh_active, c.left) as "dueNow", c.due_today + least(c.fresh_active, c.left) as "dueToday"
          from unnest(${studentIds.filter(isId)}::uuid[]) as asked (id)
          cross join lateral (
            select count(*)::int as total, count(t.suspended_at)::int as suspended,
                count(*) filter (where t.state = 'NEW')::int as fresh,
                count(*) filter (where t.state = 'NEW' and t.suspended_at is null)::int as fresh_active,
                count(*) filter (where t.state = 'REVIEW')::int as learned,
                count(*) filter (where t.state <> 'NEW' and t.suspended_at is null and t.due_at <= ${now}::timestamptz)::int as due_now,
                count(*) filter (where t.state <> 'NEW' and t.suspended_at is null and t.due_at < ${tomorrow}::timestamptz)::int as due_today,
                greatest(0, ${newADay}::int - count(*) filter (where t.introduced_at >= ${today}::timestamptz))::int as left
              from learning.vocabulary_cards t where t.student_id = asked.id
          ) c
          cross join lateral (
            select count(*) filter (where review.reviewed_at >= ${today}::timestamptz)::int as "reviewedToday",
                (avg((review.rating <> 'AGAIN')::int) filter (where review.state_before = 'REVIEW'))::float as retention
              from learning.vocabulary_reviews review join learning.vocabulary_cards t on t.id = review.card_id
             where t.student_id = asked.id and review.reviewed_at >= ${since}::timestamptz
          ) r`.execute(em.getKysely());
      return new Map(rows.map(({ id, ...statistics }) => [id, statistics]));
    },
    { absent: () => NONE },
  );
}

const NONE: CardStatistics = {
  ...{ total: 0, suspended: 0, fresh: 0, learned: 0, dueNow: 0, dueToday: 0, reviewedToday: 0 },
  retention: null,
};

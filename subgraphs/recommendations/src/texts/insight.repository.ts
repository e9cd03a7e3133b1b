import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import type { Mention } from './mentions.rules.js';
import { type InsightTopic, type ReviewReading, TutorInsight } from './tutor-insight.entity.js';

/** A tutor whose texts are to be read. */
export interface DueTutor {
  tutorId: string;
  mark: number;
}

/** A review with what a model found in it, and in which text. */
export interface StoredReview {
  id: string;
  tutorId: string;
  rating: number;
  text: string;
  /** Null when no model has read it. */
  readHash: string | null;
  found: Mention[] | null;
}

/** Of each tutor so many of the newest reviews are read. */
const MOST_REVIEWS = 200;

/** Tutors who are to be read, the longest waiting first. */
export async function findDueTutors(em: EntityManager, most: number): Promise<DueTutor[]> {
  const { rows } = await sql<DueTutor>`
    select tutor_id as "tutorId", mark from recommendations.due_readings order by due_at, tutor_id limit ${most}
  `.execute(em.getKysely());
  return rows;
}

/** They were read, unless something has changed meanwhile. */
export async function settleDueTutors(em: EntityManager, read: readonly DueTutor[]): Promise<void> {
  await sql`
    delete from recommendations.due_readings d
      using unnest(${read.map(({ tutorId }) => tutorId)}::uuid[], ${read.map(({ mark }) => mark)}::int[]) as r (tutor_id, mark)
     where d.tutor_id = r.tutor_id and d.mark = r.mark`.execute(em.getKysely());
}

/** Has all tutors read again who never were, or by other rules than these. @returns how many */
export async function markOutdated(em: EntityManager, rulesId: string): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into recommendations.due_readings (tutor_id, due_at)
    select t.id, now() from recommendations.tutors t left join recommendations.tutor_insights i on i.tutor_id = t.id
     where i.tutor_id is null or split_part(i.source_hash, ':', 1) <> ${rulesId}
    on conflict (tutor_id) do nothing`.execute(em.getKysely());
  return Number(numAffectedRows);
}

/** Profiles by tutor; nobody who is gone. */
export async function profilesOf(em: EntityManager, tutorIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; profile: string }>`
    select id, concat_ws(E'\n', headline, biography) as profile from recommendations.tutors
     where id = any (${[...tutorIds]}::uuid[])`.execute(em.getKysely());
  return new Map(rows.map(({ id, profile }) => [id, profile]));
}

/** Reviews of tutors that have a text, by tutor. */
export async function reviewsOf(em: EntityManager, tutorIds: readonly string[]): Promise<Map<string, StoredReview[]>> {
  const { rows } = await sql<StoredReview>`
    select r.id, r.tutor_id as "tutorId", r.rating, r.text, d.text_hash as "readHash", d.mentions as found
      from unnest(${[...tutorIds]}::uuid[]) as tutor (id)
     cross join lateral (
       select id, tutor_id, rating, text from recommendations.reviews
        where tutor_id = tutor.id and text is not null
        order by created_at desc, id limit ${MOST_REVIEWS}
     ) r
      left join recommendations.review_readings d on d.review_id = r.id
     order by r.id`.execute(em.getKysely());
  return Map.groupBy(rows, ({ tutorId }) => tutorId);
}

/** Hashes of what was read last, by tutor. */
export async function hashesOf(em: EntityManager, tutorIds: readonly string[]): Promise<Map<string, string>> {
  const found = await em.find(TutorInsight, { tutorId: { $in: [...tutorIds] } }, { fields: ['tutorId', 'sourceHash'] });
  return new Map(found.map(({ tutorId, sourceHash }) => [tutorId, sourceHash]));
}

/** What is kept of a tutor's texts. */
export type KeptInsight = Pick<TutorInsight, 'tutorId' | 'topics' | 'styles' | 'sentiment' | 'sourceHash'>;

/** Keeps what texts say. A tutor who is gone by now gets nothing. */
export async function keepInsights(em: EntityManager, insights: readonly KeptInsight[]): Promise<void> {
  if (insights.length === 0) return;
  await sql`
    insert into recommendations.tutor_insights (tutor_id, topics, styles, sentiment, source_hash, updated_at)
    select i.tutor_id, i.topics, i.styles, i.sentiment, i.source_hash, now()
      from jsonb_to_recordset(${JSON.stringify(
        insights.map(({ tutorId, topics, styles, sentiment, sourceHash }) => ({
          tutor_id: tutorId,
          topics,
          styles,
          sentiment,
          source_hash: sourceHash,
        })),
      )}::jsonb) as i (tutor_id uuid, topics jsonb, styles jsonb, sentiment real, source_hash text)
      join recommendations.tutors t on t.id = i.tutor_id
     order by i.tutor_id
    on conflict (tutor_id) do update
      set topics = excluded.topics, styles = excluded.styles, sentiment = excluded.sentiment,
          source_hash = excluded.source_hash, updated_at = excluded.updated_at`.execute(em.getKysely());
}

/** Keeps what a model found in a review, unless the review is gone by now. */
export async function keepReading(
  em: EntityManager,
  reading: Pick<ReviewReading, 'reviewId' | 'textHash' | 'mentions' | 'model'>,
): Promise<void> {
  const { reviewId, textHash, mentions, model } = reading;
  await sql`
    insert into recommendations.review_readings (review_id, text_hash, mentions, model, read_at)
    select id, ${textHash}, ${JSON.stringify(mentions)}::jsonb, ${model}, now()
      from recommendations.reviews where id = ${reviewId}
    on conflict (review_id) do update
      set text_hash = excluded.text_hash, mentions = excluded.mentions, model = excluded.model, read_at = excluded.read_at
  `.execute(em.getKysely());
}

/** What texts say of each tutor who is shown, batched. */
export const insightTopics = defineLoader<string, readonly InsightTopic[]>(
  async ({ em }, tutorIds) => {
    const { rows } = await sql<{ id: string; topics: InsightTopic[] }>`
      select i.tutor_id as id, i.topics
        from recommendations.tutor_insights i join recommendations.tutors t on t.id = i.tutor_id and not t.hidden
       where i.tutor_id = any (${tutorIds.filter(isId)}::uuid[])`.execute(em.getKysely());
    return new Map(rows.map(({ id, topics }) => [id, topics]));
  },
  { absent: () => [] },
);

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { type RawBuilder, sql } from 'kysely';
import { Outcome } from './feedback.entity.js';
import { feedbackId } from './feedback-id.js';
import type { Happened, Undone } from './happened.js';

/** So long after a list was shown it has its share in what happens. */
export const CREDIT_DAYS = 30;

/** Somebody opens the profile of a tutor who was shown to them. */
export interface Opening {
  requestId: string;
  tutorId: string;
  /** The account that opens it. */
  viewerId: string;
  at: Date;
}

/**
 * Stores what happened, to the credit of the list in which the tutor was last shown to the student in the 30 days
 * before: for the same order if there is one, else in the same subject, else among tutors who are like another one. A list
 * that a model ranked has it before one of the likes of somebody, though that was seen since: whoever looks through the
 * likes of the tutors of a list must not make its model believe that nothing came of it.
 *
 * What is stored already keeps its credit, and follows the rating of a review.
 *
 * @returns whether there was such a list; null when it was stored already
 */
export async function insertOutcome(tx: EntityManager, happened: Happened): Promise<{ isListed: boolean } | null> {
  const { kind, sourceId, tutorId, studentId, subjectId, orderId, rating, at } = happened;
  const { rows } = await sql<{ is_listed: boolean; is_new: boolean }>`
    insert into recommendations.outcomes (id, kind, source_id, tutor_id, student_id, order_id, request_id, model_id,
      variants, rating, at)
    select ${newId()}::uuid, ${kind}, ${sourceId}::uuid, ${tutorId}::uuid, ${studentId}::uuid, ${orderId}::uuid, l.id,
      l.model_id, l.variants, ${rating}::int, ${at}::timestamptz
      from (select 1) one left join lateral (
        select r.id, r.model_id, r.variants from recommendations.ranking_requests r
          join recommendations.impressions i on i.request_id = r.id and i.tutor_id = ${tutorId}
         where r.viewer_id = ${studentId}::uuid and r.surface <> 'ORDERS'
           and r.created_at between ${at}::timestamptz - make_interval(days => ${CREDIT_DAYS}) and ${at}::timestamptz
           and i.shown_at <= ${at}::timestamptz and (r.order_id = ${orderId}::uuid or r.subject_id = ${subjectId}::uuid or r.surface = 'SIMILAR')
         order by (r.order_id = ${orderId}::uuid) is true desc, r.surface = 'SIMILAR', i.shown_at desc, r.id limit 1) l on true
    on conflict (kind, source_id) do update set rating = excluded.rating
      where outcomes.rating is distinct from excluded.rating
    returning request_id is not null as is_listed, xmax = 0 as is_new`.execute(tx.getKysely());
  return rows[0]?.is_new ? { isListed: rows[0].is_listed } : null;
}

/** Forgets what happened and does not hold any longer; whatever is not stored stays so. */
export async function deleteOutcome(tx: EntityManager, { kind, sourceId }: Undone): Promise<void> {
  await tx.nativeDelete(Outcome, { kind, sourceId });
}

/** Stores that a profile was opened, once for each list. @returns whether the tutor was shown to the viewer there */
export async function insertOpening(em: EntityManager, opening: Opening): Promise<boolean> {
  const { requestId, tutorId, viewerId, at } = opening;
  const { rows } = await sql<{ id: string }>`
    with shown as (
      select r.* from recommendations.ranking_requests r
        join recommendations.impressions i on i.request_id = r.id and i.tutor_id = ${tutorId}
       where r.id = ${requestId} and r.viewer_id = ${viewerId}
         and r.created_at > ${at}::timestamptz - make_interval(days => ${CREDIT_DAYS})),
    stored as (
      insert into recommendations.outcomes (id, kind, source_id, tutor_id, student_id, order_id, request_id, model_id,
        variants, at)
      select ${newId()}::uuid, 'OPENED', ${feedbackId('opened', requestId, tutorId)}::uuid, ${tutorId}::uuid,
        s.viewer_id, s.order_id, s.id, s.model_id, s.variants, ${at}::timestamptz from shown s
      on conflict (kind, source_id) do nothing)
    select id from shown`.execute(em.getKysely());
  return rows.length > 0;
}

/** Forgets what became of anybody before a moment; so much at most. @returns how much */
export function deleteOutcomes(em: EntityManager, before: Date, limit: number): Promise<number> {
  return deleteOldest(em, sql`outcomes`, sql`at`, sql`at < ${before}`, limit);
}

/** Forgets lists of tutors for orders and wishes, with these tutors, that are older; so many at most. @returns how many */
export function deleteRankedLists(em: EntityManager, before: Date, limit: number): Promise<number> {
  const which = sql`created_at < ${before} and surface in ('ORDER', 'WISH')`;
  return deleteOldest(em, sql`ranking_requests`, sql`created_at`, which, limit);
}

/** The same for lists beside them: of tutors who are like another, and of orders for a tutor. */
export function deleteListsBeside(em: EntityManager, before: Date, limit: number): Promise<number> {
  const which = sql`created_at < ${before} and surface in ('SIMILAR', 'ORDERS')`;
  return deleteOldest(em, sql`ranking_requests`, sql`created_at`, which, limit);
}

async function deleteOldest(
  em: EntityManager,
  table: RawBuilder<unknown>,
  time: RawBuilder<unknown>,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from recommendations.${table} where id in (
      select id from recommendations.${table} where ${which} order by ${time}, id limit ${limit})`.execute(
    em.getKysely(),
  );
  return Number(numAffectedRows ?? 0);
}

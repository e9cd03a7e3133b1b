import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { Outcome, RankingRequest } from '../feedback/feedback.entity.js';

/** Which tutors and orders were recommended to somebody, and what came of it. */
export async function collectFeedback(em: EntityManager, userId: string): Promise<PersonalData> {
  const { rows: lists } = await sql<Record<string, unknown>>`
    select r.surface, r.order_id as "orderId", r.subject_id as "subjectId", r.city, r.created_at as "shownAt",
           array(select i.tutor_id from recommendations.impressions i where i.request_id = r.id
                  order by i.position, i.tutor_id) as "tutorIds",
           array(select i.order_id from recommendations.order_impressions i where i.request_id = r.id
                  order by i.position, i.order_id) as "orderIds",
           array(select i.order_id from recommendations.order_impressions i
                  where i.request_id = r.id and i.opened_at is not null order by i.opened_at, i.order_id) as "openedOrderIds"
      from recommendations.ranking_requests r
     where r.viewer_id = ${userId} order by r.created_at, r.id`.execute(em.getKysely());
  const outcomes = await em.find(Outcome, { studentId: userId }, { orderBy: { at: 'asc', id: 'asc' } });
  return {
    sections: {
      recommendationLists: lists,
      recommendationOutcomes: outcomes.map(({ kind, tutorId, orderId, rating, at }) => ({
        ...{ kind, tutorId, orderId, rating, at },
      })),
    },
  };
}

/** What was shown and came of it stays, of nobody. */
export async function eraseFeedback(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeUpdate(RankingRequest, { viewerId: userId }, { viewerId: null });
  await tx.nativeUpdate(Outcome, { studentId: userId }, { studentId: null });
}

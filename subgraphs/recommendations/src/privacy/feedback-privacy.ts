import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { Outcome, RankingRequest } from '../feedback/feedback.entity.js';

/** Which tutors were recommended to somebody, and what came of it. */
export async function collectFeedback(em: EntityManager, userId: string): Promise<PersonalData> {
  const { rows: lists } = await sql<Record<string, unknown>>`
    select r.surface, r.order_id as "orderId", r.subject_id as "subjectId", r.city, r.created_at as "shownAt",
           array_agg(i.tutor_id order by i.position) filter (where i.tutor_id is not null) as "tutorIds"
      from recommendations.ranking_requests r left join recommendations.impressions i on i.request_id = r.id
     where r.viewer_id = ${userId} group by r.id order by r.created_at, r.id`.execute(em.getKysely());
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

import type { EntityManager } from '@mikro-orm/postgresql';
import { MarketTutor } from '../market/market.entity.js';
import { ReRanking } from './re-ranking.entity.js';
import type { PublicProfile } from './re-ranking-question.js';

/** Answers are forgotten after so many days: profiles and wishes have changed by then. */
export const KEPT_DAYS = 14;

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the profiles of these tutors say to everybody, in this order; of those who are gone, nothing. */
export async function publicProfiles(em: EntityManager, tutorIds: readonly string[]): Promise<PublicProfile[]> {
  const tutors = await em
    .fork()
    .find(
      MarketTutor,
      { id: { $in: [...tutorIds] } },
      { fields: ['id', 'headline', 'biography', 'languages', 'experienceYears', 'rating', 'reviewCount'] },
    );
  const found = new Map(tutors.map((tutor) => [tutor.id, tutor]));
  return tutorIds.flatMap((tutorId) => {
    const tutor = found.get(tutorId);
    if (!tutor) return [];
    const { headline, biography = null, languages, experienceYears, rating = null, reviewCount } = tutor;
    return [{ tutorId, headline, biography, languages, experienceYears, rating, reviewCount }];
  });
}

/** What was answered before; null when it was not asked. */
export async function keptReRanking(em: EntityManager, key: string): Promise<readonly number[] | null> {
  return (await em.fork().findOne(ReRanking, { key }))?.places ?? null;
}

/** Keeps an answer. */
export async function keepReRanking(em: EntityManager, key: string, places: number[]): Promise<void> {
  await em.fork().upsert(ReRanking, { key, places, createdAt: new Date() }, { onConflictAction: 'ignore' });
}

/** Forgets answers that are too old. */
export async function purgeReRankings(em: EntityManager): Promise<void> {
  await em.fork().nativeDelete(ReRanking, { createdAt: { $lt: new Date(Date.now() - KEPT_DAYS * DAY_MS) } });
}

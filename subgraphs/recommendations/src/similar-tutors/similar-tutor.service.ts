import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { RawBuilder } from 'kysely';
import { MarketTutor } from '../market/market.entity.js';
import { Degradation } from '../results/degraded.js';
import { alikeOffers, findFellows, findInCommon } from './similar-tutor.repository.js';
import { similarityScore } from './similarity.rules.js';

/** A tutor who is like another. */
export interface SimilarTutor {
  tutor: { id: string };
  score: number;
}

/** Tutors who are like another. */
export interface SimilarTutors {
  tutors: SimilarTutor[];
  degraded: boolean;
}

/** Finds whose profiles are nearest to a tutor's. */
export type NearestProfiles = (
  em: EntityManager,
  tutorId: string,
  search: { where: RawBuilder<boolean>; limit: number },
) => Promise<{ tutorId: string; similarity: number }[]>;

/** How many are asked for when nothing is said, and at most. */
const USUAL_COUNT = 6;
const MOST = 20;
/** How many each way of finding brings. */
const SHARES = { near: 40, fellows: 20, popular: 20 };
const WHOLE = 100;

/** Tutors who are like another: by their texts, by whom students learned with too, and by what they teach for how much. */
export class SimilarTutorService {
  constructor(
    private readonly nearest: NearestProfiles,
    private readonly logger: Logger,
  ) {}

  /** @returns null when there is no such tutor who is shown. @throws BAD_USER_INPUT for a number out of bounds */
  async similarTo(
    { em }: RequestContext,
    tutorId: string,
    first: number | null | undefined,
  ): Promise<SimilarTutors | null> {
    const count = first ?? USUAL_COUNT;
    if (count < 1 || count > MOST) throw badUserInput(`\`first\` must be 1 to ${MOST}`);
    if (!isId(tutorId) || (await em.count(MarketTutor, { id: tutorId, hidden: false })) === 0) return null;
    const degradation = new Degradation(this.logger);
    const [near, fellows] = await Promise.all([
      degradation.attempt('TEXTS', [], () =>
        this.nearest(em, tutorId, { where: alikeOffers(tutorId), limit: SHARES.near }),
      ),
      degradation.attempt('SIMILAR_STUDENTS', new Map<string, number>(), () => findFellows(em, tutorId, SHARES)),
    ]);
    const similarities = new Map(near.map((one) => [one.tutorId, one.similarity]));
    const common = await findInCommon(em, tutorId, [...new Set([...similarities.keys(), ...fellows.keys()])]);
    const scored = common.map((one) => ({
      tutor: { id: one.tutorId },
      score: similarityScore({
        ...one,
        similarity: similarities.get(one.tutorId) ?? null,
        students: fellows.get(one.tutorId) ?? 0,
      }),
    }));
    const tutors = scored
      .sort((a, b) => b.score - a.score || (a.tutor.id < b.tutor.id ? -1 : 1))
      .slice(0, count)
      .map(({ tutor, score }) => ({ tutor, score: Math.round(score * WHOLE * 10) / 10 }));
    return { tutors, degraded: degradation.parts.length > 0 };
  }
}

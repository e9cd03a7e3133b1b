import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { staffRoles } from '@tutorgraph/kit/viewer/viewer';
import type { RawBuilder } from 'kysely';
import type { Variants } from '../experiments/variants.js';
import { findActiveEmbedding } from '../feedback/active-embedding.js';
import type { Feedback } from '../feedback/feedback.js';
import { MarketTutor } from '../market/market.entity.js';
import { Degradation } from '../results/degraded.js';
import { alikeOffers, findFellows, findInCommon, findPopularAlike } from './similar-tutor.repository.js';
import { similarityScore } from './similarity.rules.js';

/** A tutor who is like another. */
export interface SimilarTutor {
  tutor: { id: string };
  score: number;
}

/** Tutors who are like another. */
export interface SimilarTutors {
  requestId: string;
  tutors: SimilarTutor[];
  degraded: boolean;
}

/** What the service is built on. */
interface SimilarTutorParts {
  nearest: NearestProfiles;
  variants: Variants;
  feedback: Feedback;
  logger: Logger;
}

/** Tutors as they are told, and from how many they were taken. */
interface Told {
  similar: Omit<SimilarTutors, 'requestId'>;
  candidateCount: number;
  areTextsCompared: boolean;
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
  constructor(private readonly parts: SimilarTutorParts) {}

  /** @returns null when there is no such tutor who is shown. @throws BAD_USER_INPUT for a number out of bounds */
  async similarTo(
    context: RequestContext,
    tutorId: string,
    first: number | null | undefined,
  ): Promise<SimilarTutors | null> {
    const count = first ?? USUAL_COUNT;
    if (count < 1 || count > MOST) throw badUserInput(`\`first\` must be 1 to ${MOST}`);
    const liked = isId(tutorId) ? await context.em.findOne(MarketTutor, { id: tutorId, hidden: false }) : null;
    if (!liked) return null;
    const told = await this.find(context.em, tutorId, count);
    return { requestId: await this.log(context, liked, told), ...told.similar };
  }

  private async find(em: EntityManager, tutorId: string, count: number): Promise<Told> {
    const degradation = new Degradation(this.parts.logger);
    const [near, fellows] = await Promise.all([
      degradation.attempt('TEXTS', [], () =>
        this.parts.nearest(em, tutorId, { where: alikeOffers(tutorId), limit: SHARES.near }),
      ),
      degradation
        .attempt('SIMILAR_STUDENTS', null, () => findFellows(em, tutorId, SHARES))
        .then((found) => found ?? findPopularAlike(em, tutorId, SHARES.popular)),
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
    return {
      similar: { tutors, degraded: degradation.parts.length > 0 },
      candidateCount: common.length,
      areTextsCompared: near.length > 0,
    };
  }

  /**
   * Notes what a student is shown: nothing could come of a list for nobody who is known, staff looks on, and tutors look at
   * who else there is.
   *
   * @returns the id of what is noted
   */
  private async log({ em, viewer }: RequestContext, { id, userId }: MarketTutor, told: Told): Promise<string> {
    if (viewer.kind !== 'user' || staffRoles.has(viewer.role) || viewer.userId === userId) return newId();
    const { similar, candidateCount, areTextsCompared } = told;
    const { variants, feedback } = this.parts;
    return feedback.log(
      {
        ...{ surface: 'SIMILAR', viewerId: viewer.userId, orderId: null, subjectId: null, city: null, modelId: null },
        embeddingModel: areTextsCompared ? await findActiveEmbedding(em) : null,
        variants: await variants.lookedUp(em, { userId: viewer.userId, cluster: null }),
        ...{ degraded: similar.degraded, candidateCount, list: id, at: new Date() },
      },
      similar.tutors.map(({ tutor, score }, place) => ({
        ...{ tutorId: tutor.id, position: place + 1, score, chance: null, features: [], explored: false },
      })),
    );
  }
}

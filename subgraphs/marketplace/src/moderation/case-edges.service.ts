import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { maySeeReview } from '../reviews/review.access.js';
import type { Review } from '../reviews/review.entity.js';
import { answersById, reviewsById } from '../reviews/review.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import type { HeldProfileTexts } from './held-profile-texts.types.js';
import { decisionsOfCases, latestCases, profileTexts } from './moderation.repository.js';
import type { ModerationCase } from './moderation-case.entity.js';
import type { ModerationDecision } from './moderation-decision.entity.js';

/** What lies around a moderation case. */
export class CaseEdgesService {
  /** The tutor whom it is about, or who wrote it. */
  tutor(context: RequestContext, { tutorId }: ModerationCase): Promise<Tutor | null> {
    return context.loader(tutorsById).load(tutorId);
  }

  /** The review that it is about, or to which the answer belongs. */
  async review(context: RequestContext, { kind, targetId }: ModerationCase): Promise<Review | null> {
    if (kind === 'PROFILE') return null;
    const answer = kind === 'ANSWER' ? await context.loader(answersById).load(targetId) : null;
    if (kind === 'ANSWER' && !answer) return null;
    const review = await context.loader(reviewsById).load(answer?.reviewId ?? targetId);
    return review && maySeeReview(context, review) ? review : null;
  }

  /** Every judgement in it, for those who moderate. */
  async decisions(context: RequestContext, { id }: ModerationCase): Promise<ModerationDecision[] | null> {
    return context.can('marketplace.moderation.manage') ? context.loader(decisionsOfCases).load(id) : null;
  }

  /** Who decided last, for those who moderate. */
  decidedBy(context: RequestContext, { decidedBy }: ModerationCase): { id: string } | null {
    return decidedBy && context.can('marketplace.moderation.manage') ? { id: decidedBy } : null;
  }

  /** Texts of a profile that are kept back, for the tutor and those who moderate. */
  async heldTexts(context: RequestContext, tutor: Tutor): Promise<HeldProfileTexts | null> {
    if (!isTheirs(context, tutor)) return null;
    const kept = await context.loader(profileTexts).load(tutor.id);
    if (!kept || kept.state === 'PUBLISHED') return null;
    const { headline = null, biography = null, education = null } = kept.held;
    return { state: kept.state, headline, biography, education };
  }

  /** The newest case about a profile, for the tutor and those who moderate. */
  async ofProfile(context: RequestContext, tutor: Tutor): Promise<ModerationCase | null> {
    return isTheirs(context, tutor) ? context.loader(latestCases).load(tutor.id) : null;
  }
}

function isTheirs(context: RequestContext, { userId }: Tutor): boolean {
  return context.isUser(userId) || context.can('marketplace.moderation.manage');
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { Review } from '../reviews/review.entity.js';
import { ReviewType } from '../reviews/review.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { CaseEdgesService } from './case-edges.service.js';
import { HeldProfileTexts } from './held-profile-texts.types.js';
import { ModeratedText, ModerationCaseType, ModerationDecisionType } from './moderation.types.js';
import type { ModerationCase } from './moderation-case.entity.js';
import type { ModerationDecision } from './moderation-decision.entity.js';

/** What a moderation case refers to. */
@Resolver(() => ModerationCaseType)
export class CaseEdgesResolver {
  constructor(private readonly service: CaseEdgesService) {}

  @FieldResolver(() => [ModeratedText], { description: 'What it is about, as it was written; empty once taken back.' })
  texts(@Root() { texts }: ModerationCase): ModeratedText[] {
    return Object.entries(texts).map(([field, text]) => ({ field, text }));
  }

  @FieldResolver(() => UserReference, { description: 'Who wrote it.' })
  author(@Root() { authorId }: ModerationCase): UserReference {
    return { id: authorId };
  }

  @FieldResolver(() => TutorType, { nullable: true, description: 'The tutor whom it is about, or who wrote it.' })
  tutor(@Root() found: ModerationCase, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.service.tutor(context, found);
  }

  @FieldResolver(() => ReviewType, {
    nullable: true,
    description: 'The review that it is about, or to which the answer belongs; null for a profile or when it is gone.',
  })
  review(@Root() found: ModerationCase, @Ctx() context: RequestContext): Promise<Review | null> {
    return this.service.review(context, found);
  }

  @FieldResolver(() => [ModerationDecisionType], {
    nullable: true,
    description: 'Every judgement in it, the oldest first; null unless you moderate.',
  })
  decisions(@Root() found: ModerationCase, @Ctx() context: RequestContext): Promise<ModerationDecision[] | null> {
    return this.service.decisions(context, found);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The member of staff who decided last; null before that, or unless you moderate.',
  })
  decidedBy(@Root() found: ModerationCase, @Ctx() context: RequestContext): UserReference | null {
    return this.service.decidedBy(context, found);
  }
}

/** Moderation below the tutor. */
@Resolver(() => TutorType)
export class TutorModerationResolver {
  constructor(private readonly service: CaseEdgesService) {}

  @FieldResolver(() => HeldProfileTexts, {
    nullable: true,
    description:
      'Texts of the profile that others do not see; null when there are none, or unless it is yours or you moderate.',
  })
  heldTexts(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<HeldProfileTexts | null> {
    return this.service.heldTexts(context, tutor);
  }

  @FieldResolver(() => ModerationCaseType, {
    nullable: true,
    description:
      'The newest moderation case about the profile; null without one, or unless it is yours or you moderate.',
  })
  moderationCase(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<ModerationCase | null> {
    return this.service.ofProfile(context, tutor);
  }
}

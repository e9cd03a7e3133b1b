import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { Submission } from '../submissions/submission.entity.js';
import { SubmissionType } from '../submissions/submission.types.js';
import type { AgreementService, HomeworkAgreement } from './agreement.service.js';
import { HomeworkAgreementType } from './agreement.types.js';
import type { CommentTemplate } from './comment-template.entity.js';
import type { CommentTemplateService } from './comment-template.service.js';
import type { SubmissionAnnotation, SubmissionReview } from './review.entity.js';
import {
  DeleteCommentTemplateInput,
  DeleteCommentTemplatePayload,
  ReviewSubmissionInput,
  ReviewSubmissionPayload,
  SaveCommentTemplateInput,
  SaveCommentTemplatePayload,
} from './review.inputs.js';
import { annotationsBySubmission, reviewsBySubmission } from './review.repository.js';
import type { ReviewService } from './review.service.js';
import {
  CommentTemplateConnection,
  CommentTemplateType,
  SubmissionAnnotationType,
  SubmissionReviewType,
} from './review.types.js';

/** What curators decide on homework. */
@Resolver(() => SubmissionType)
export class ReviewResolver {
  constructor(
    private readonly service: ReviewService,
    private readonly agreement: AgreementService,
  ) {}

  @Requires('learning.homework.review')
  @Mutation(() => ReviewSubmissionPayload, {
    nullable: true,
    description:
      'Accepts or returns what a student of yours handed in. What was accepted stays so; you may give it another score. Whose homework comes back has as many days as at first.',
  })
  reviewSubmission(
    @Arg('input', () => ReviewSubmissionInput, { description: 'Which homework, and what you decide.' })
    input: ReviewSubmissionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ submission: await this.service.review(context, input) }));
  }

  @Requires('learning.reports.read')
  @Query(() => HomeworkAgreementType, {
    nullable: true,
    description:
      'How well the check of homework agrees with curators. Of homework reviewed again the last review counts.',
  })
  homeworkAgreement(
    @Arg('from', () => DateTime, { description: 'From when on.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'Until when, this moment excluded; a year at most.' }) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<HomeworkAgreement> {
    return this.agreement.of(context, from, to);
  }

  @FieldResolver(() => SubmissionReviewType, {
    nullable: true,
    description: 'The review that stands; null before a curator reviewed it.',
  })
  async review(@Root() { id }: Submission, @Ctx() context: RequestContext): Promise<SubmissionReview | null> {
    return (await context.loader(reviewsBySubmission).load(id))[0] ?? null;
  }

  @FieldResolver(() => [SubmissionReviewType], { description: 'All its reviews, the last one first.' })
  reviews(@Root() { id }: Submission, @Ctx() context: RequestContext): Promise<SubmissionReview[]> {
    return context.loader(reviewsBySubmission).load(id);
  }

  @FieldResolver(() => [SubmissionAnnotationType], {
    description: 'Notes of the review that stands, in the order of the text.',
  })
  annotations(@Root() { id }: Submission, @Ctx() context: RequestContext): Promise<SubmissionAnnotation[]> {
    return context.loader(annotationsBySubmission).load(id);
  }
}

/** Who reviewed. */
@Resolver(() => SubmissionReviewType)
export class SubmissionReviewResolver {
  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The curator; null once they left for good.',
  })
  reviewer(@Root() { reviewerId: id }: SubmissionReview): UserReference | null {
    return id ? { id } : null;
  }
}

/** What curators say again and again. */
@Resolver(() => CommentTemplateType)
export class CommentTemplateResolver {
  constructor(private readonly service: CommentTemplateService) {}

  @Requires('learning.homework.review')
  @Query(() => CommentTemplateConnection, {
    nullable: true,
    description: 'What you and the school keep to say in reviews, by title.',
  })
  commentTemplates(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<CommentTemplate>> {
    return this.service.list(context, page);
  }

  @Requires('learning.homework.review')
  @Mutation(() => SaveCommentTemplatePayload, {
    nullable: true,
    description:
      'Keeps something to say in reviews, or changes it: yours, and the school’s if you may see all students.',
  })
  saveCommentTemplate(
    @Arg('input', () => SaveCommentTemplateInput, { description: 'What to keep.' }) input: SaveCommentTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ template: await this.service.save(context, input) }));
  }

  @Requires('learning.homework.review')
  @Mutation(() => DeleteCommentTemplatePayload, {
    nullable: true,
    description: 'Removes something kept to say in reviews.',
  })
  deleteCommentTemplate(
    @Arg('input', () => DeleteCommentTemplateInput, { description: 'Which one.' }) input: DeleteCommentTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({
      deletedTemplateId: await this.service.delete(context, input),
    }));
  }

  @FieldResolver(() => Boolean, { description: 'Is it the whole school’s?' })
  isShared(@Root() { ownerId }: CommentTemplate): boolean {
    return ownerId === null;
  }
}

import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { HomeworkCheck } from '../homework-check/homework-check.entity.js';
import { checksBySubmission } from '../homework-check/homework-check.repository.js';
import { HomeworkCheckType } from '../homework-check/homework-check.types.js';
import { UserReference } from '../people/user.types.js';
import type { ExtensionService } from './extension.service.js';
import type { HomeworkAssignment } from './homework-assignment.entity.js';
import { HomeworkAssignmentType } from './homework-assignment.types.js';
import type { HomeworkGrade } from './homework-grade.entity.js';
import type { Submission, SubmissionFile } from './submission.entity.js';
import {
  ExtendHomeworkInput,
  ExtendHomeworkPayload,
  SaveHomeworkDraftInput,
  SaveHomeworkDraftPayload,
  SubmitHomeworkInput,
  SubmitHomeworkPayload,
} from './submission.inputs.js';
import { assignmentsById, gradesOfSubmission } from './submission.loaders.js';
import { HomeworkGradeType, SubmissionFileType, SubmissionType } from './submission.types.js';
import type { SubmissionReadingService } from './submission-reading.service.js';
import type { SubmissionWritingService } from './submission-writing.service.js';

/** What students hand in. */
@Resolver(() => SubmissionType)
export class SubmissionResolver {
  constructor(
    private readonly reading: SubmissionReadingService,
    private readonly writing: SubmissionWritingService,
    private readonly extensions: ExtensionService,
  ) {}

  @SignedIn()
  @Query(() => SubmissionType, {
    nullable: true,
    description: 'One version of somebody’s homework; null when there is none like it that you may see.',
  })
  submission(
    @Arg('id', () => ID, { description: 'The submission.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Submission | null> {
    return this.reading.submission(context, id);
  }

  @SignedIn()
  @Mutation(() => SaveHomeworkDraftPayload, {
    nullable: true,
    description:
      'Keeps what you have of your homework; only you see it. After it was returned this begins the next version with what you had handed in.',
  })
  saveHomeworkDraft(
    @Arg('input', () => SaveHomeworkDraftInput, { description: 'Which homework, and what you have.' })
    input: SaveHomeworkDraftInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ submission: await this.writing.saveDraft(context, input) }));
  }

  @SignedIn()
  @Mutation(() => SubmitHomeworkPayload, {
    nullable: true,
    description:
      'Hands in your homework; it is checked in a moment. You change it no more unless a curator returns it.',
  })
  submitHomework(
    @Arg('input', () => SubmitHomeworkInput, { description: 'Which homework, and what you hand in.' })
    input: SubmitHomeworkInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ submission: await this.writing.submit(context, input) }));
  }

  @Requires('learning.homework.review')
  @Mutation(() => ExtendHomeworkPayload, {
    nullable: true,
    description: 'Gives a student more time, before or after it was due.',
  })
  extendHomework(
    @Arg('input', () => ExtendHomeworkInput, { description: 'Whose homework, until when, and why.' })
    input: ExtendHomeworkInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ assignment: await this.extensions.extend(context, input) }));
  }

  @FieldResolver(() => HomeworkAssignmentType, { nullable: true, description: 'Whose homework it is, and which.' })
  assignment(@Root() { assignmentId }: Submission, @Ctx() context: RequestContext): Promise<HomeworkAssignment | null> {
    return context.loader(assignmentsById).load(assignmentId);
  }

  @FieldResolver(() => [SubmissionFileType], { description: 'Files that came with it, in their order.' })
  files(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<SubmissionFile[]> {
    return this.reading.files(context, submission);
  }

  @FieldResolver(() => HomeworkCheckType, {
    nullable: true,
    description: 'What the program found; null until it was checked.',
  })
  aiCheck(@Root() { id }: Submission, @Ctx() context: RequestContext): Promise<HomeworkCheck | null> {
    return context.loader(checksBySubmission).load(id);
  }

  @FieldResolver(() => [HomeworkGradeType], { description: 'Every score that it was given, the first one first.' })
  grades(@Root() { id }: Submission, @Ctx() context: RequestContext): Promise<HomeworkGrade[]> {
    return context.loader(gradesOfSubmission).load(id);
  }
}

/** Files of submissions. */
@Resolver(() => SubmissionFileType)
export class SubmissionFileResolver {
  constructor(private readonly reading: SubmissionReadingService) {}

  @FieldResolver(() => Url, { description: 'Where it can be had for an hour: ask again after that.' })
  url(@Root() file: SubmissionFile): Promise<string> {
    return this.reading.url(file);
  }
}

/** Scores as they were given. */
@Resolver(() => HomeworkGradeType)
export class HomeworkGradeResolver {
  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'The curator who gave it; null for the program, and once they left for good.',
  })
  gradedBy(@Root() { gradedBy: id }: HomeworkGrade): UserReference | null {
    return id ? { id } : null;
  }
}

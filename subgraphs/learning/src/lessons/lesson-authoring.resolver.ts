import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { AUTHORS } from '../courses/course.access.js';
import { CourseModulePayload } from '../courses/course.payloads.js';
import { LearningError } from '../errors.js';
import {
  AddLessonInput,
  LessonPayload,
  MoveLessonInput,
  RemoveLessonInput,
  SetPrerequisitesInput,
  UpdateLessonInput,
} from './lesson.payloads.js';
import type { LessonAuthoringService } from './lesson-authoring.service.js';
import type { PrerequisiteService } from './prerequisite.service.js';

/** What authors do with lessons. All of it is audited. */
@Resolver()
export class LessonAuthoringResolver {
  constructor(
    private readonly lessons: LessonAuthoringService,
    private readonly waiting: PrerequisiteService,
  ) {}

  @Requires(AUTHORS)
  @Mutation(() => LessonPayload, {
    nullable: true,
    description: 'Adds a lesson to a module of a draft.',
  })
  addLesson(
    @Arg('input', () => AddLessonInput, { description: 'What it is, and where.' }) input: AddLessonInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ lesson: await this.lessons.add(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => LessonPayload, {
    nullable: true,
    description: 'Changes a lesson of a draft.',
  })
  updateLesson(
    @Arg('input', () => UpdateLessonInput, { description: 'What is to change.' }) input: UpdateLessonInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ lesson: await this.lessons.update(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => LessonPayload, {
    nullable: true,
    description: 'Moves a lesson of a draft, also into another module; those behind it step aside.',
  })
  moveLesson(
    @Arg('input', () => MoveLessonInput, { description: 'Where to.' }) input: MoveLessonInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ lesson: await this.lessons.move(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseModulePayload, {
    nullable: true,
    description: 'Takes a lesson out of a draft, with its test and homework; gives its module.',
  })
  removeLesson(
    @Arg('input', () => RemoveLessonInput, { description: 'Which lesson.' }) input: RemoveLessonInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ module: await this.lessons.remove(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => LessonPayload, {
    nullable: true,
    description: 'Says what has to be completed before a lesson of a draft, in place of what was said before.',
  })
  setPrerequisites(
    @Arg('input', () => SetPrerequisitesInput, { description: 'What waits for what.' }) input: SetPrerequisitesInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ lesson: await this.waiting.set(context, input) }));
  }
}

import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import { lockFor, seenLesson } from '../lessons/lesson.access.js';
import type { LessonOutline } from '../lessons/lesson.repository.js';
import { LessonType } from '../lessons/lesson.types.js';
import type { Homework } from './homework.entity.js';
import {
  DefineHomeworkInput,
  DefineHomeworkPayload,
  RemoveHomeworkInput,
  RemoveHomeworkPayload,
  UpdateHomeworkInput,
  UpdateHomeworkPayload,
} from './homework.inputs.js';
import { homeworkOfLesson } from './homework.repository.js';
import { HomeworkType } from './homework.types.js';
import type { HomeworkAuthoringService } from './homework-authoring.service.js';

/** Homework as it is written. */
@Resolver(() => HomeworkType)
export class HomeworkResolver {
  constructor(private readonly authoring: HomeworkAuthoringService) {}

  @Requires('learning.courses.author')
  @Mutation(() => DefineHomeworkPayload, { nullable: true, description: 'Adds homework to a lesson of a draft.' })
  defineHomework(
    @Arg('input', () => DefineHomeworkInput, { description: 'Which lesson, and what is to be done.' })
    input: DefineHomeworkInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ homework: await this.authoring.define(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => UpdateHomeworkPayload, { nullable: true, description: 'Writes homework of a draft anew.' })
  updateHomework(
    @Arg('input', () => UpdateHomeworkInput, { description: 'Which homework, and what it is to be.' })
    input: UpdateHomeworkInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ homework: await this.authoring.update(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => RemoveHomeworkPayload, { nullable: true, description: 'Removes homework from a lesson of a draft.' })
  removeHomework(
    @Arg('input', () => RemoveHomeworkInput, { description: 'Which homework.' }) input: RemoveHomeworkInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({
      removedHomeworkId: await this.authoring.remove(context, input),
    }));
  }

  @FieldResolver(() => LessonType, { nullable: true, description: 'The lesson after which it is done.' })
  lesson(@Root() { lessonId }: Homework, @Ctx() context: RequestContext): Promise<LessonOutline | null> {
    return seenLesson(context, lessonId);
  }
}

/** Homework of lessons. */
@Resolver(() => LessonType)
export class LessonHomeworkResolver {
  @FieldResolver(() => [HomeworkType], {
    description: 'What is to be done at home after it, in its order; empty while the lesson is locked for you.',
  })
  async homework(@Root() lesson: LessonOutline, @Ctx() context: RequestContext): Promise<Homework[]> {
    return (await lockFor(context, lesson)) ? [] : context.loader(homeworkOfLesson).load(lesson.id);
  }
}

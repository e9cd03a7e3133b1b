import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import { CompleteLessonInput, CompleteLessonPayload, StartLessonInput, StartLessonPayload } from './learn.payloads.js';
import type { Learned, LearnService } from './learn.service.js';
import { lessonStandings } from './progress.repository.js';

/** What students do with lessons, in the graph. */
@Resolver()
export class LearnResolver {
  constructor(private readonly service: LearnService) {}

  @SignedIn()
  @Mutation(() => StartLessonPayload, {
    nullable: true,
    description:
      'Begins a lesson that you learn and that is not locked; its homework is yours from then on. Twice is once.',
  })
  startLesson(
    @Arg('input', () => StartLessonInput, { description: 'Which lesson.' }) input: StartLessonInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => shape(context, await this.service.start(context, input)));
  }

  @SignedIn()
  @Mutation(() => CompleteLessonPayload, {
    nullable: true,
    description:
      'Says that you have done a lesson. Its test must be passed and its required homework accepted. Twice is once; with the last lesson you complete the course.',
  })
  completeLesson(
    @Arg('input', () => CompleteLessonInput, { description: 'Which lesson.' }) input: CompleteLessonInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => shape(context, await this.service.complete(context, input)));
  }
}

async function shape(context: RequestContext, { enrollment, lesson }: Learned) {
  const lessons = await context.loader(lessonStandings).load(enrollment.id);
  return { enrollment, lesson, progress: lessons.find(({ lessonId }) => lessonId === lesson.id) ?? null };
}

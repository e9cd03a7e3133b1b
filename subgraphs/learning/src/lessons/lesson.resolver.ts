import { Public } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { seenModule, seenVersion } from '../courses/course.access.js';
import type { CourseModule, CourseVersion } from '../courses/course.entity.js';
import { CourseModuleType, CourseVersionType } from '../courses/course.types.js';
import type { LessonOutline } from './lesson.repository.js';
import type { LessonService } from './lesson.service.js';
import { LessonLock, LessonType } from './lesson.types.js';

/** Lessons in the graph. */
@Resolver(() => LessonType)
export class LessonResolver {
  constructor(private readonly service: LessonService) {}

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What it says, in Markdown as its author wrote it: show it without HTML. Of a video what is said in it. Null while it is locked for you: see `lock`.',
  })
  body(@Root() lesson: LessonOutline, @Ctx() context: RequestContext): Promise<string | null> {
    return this.service.body(context, lesson);
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description: 'Where the video is, an http or https address; null while it is locked for you, and without a video.',
  })
  videoUrl(@Root() lesson: LessonOutline, @Ctx() context: RequestContext): Promise<string | null> {
    return this.service.videoUrl(context, lesson);
  }

  @FieldResolver(() => LessonLock, {
    nullable: true,
    description: 'Why you do not see what it says; null when you do.',
  })
  lock(@Root() lesson: LessonOutline, @Ctx() context: RequestContext) {
    return this.service.lock(context, lesson);
  }

  @FieldResolver(() => [LessonType], {
    description: 'Lessons of the same version that everybody has to complete first; at most 20.',
  })
  prerequisites(@Root() lesson: LessonOutline, @Ctx() context: RequestContext): Promise<LessonOutline[]> {
    return this.service.prerequisites(context, lesson);
  }

  @FieldResolver(() => CourseModuleType, { nullable: true, description: 'The module that it is in.' })
  module(@Root() { moduleId }: LessonOutline, @Ctx() context: RequestContext): Promise<CourseModule | null> {
    return seenModule(context, moduleId);
  }

  @FieldResolver(() => CourseVersionType, { nullable: true, description: 'The version of the course that it is in.' })
  version(@Root() { versionId }: LessonOutline, @Ctx() context: RequestContext): Promise<CourseVersion | null> {
    return seenVersion(context, versionId);
  }

  @Public()
  @Query(() => LessonType, {
    nullable: true,
    description:
      'A lesson by id; null when there is none that you may know of. What it says is there for whoever learns it, and of previews for everybody.',
  })
  lesson(
    @Arg('id', () => ID, { description: 'Identity of the lesson.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<LessonOutline | null> {
    return this.service.find(context, id);
  }
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { LessonOutline } from '../lessons/lesson.repository.js';
import type { LessonService } from '../lessons/lesson.service.js';
import { LessonType } from '../lessons/lesson.types.js';
import { seenCourse, seenVersion } from './course.access.js';
import type { Course, CourseModule, CourseVersion } from './course.entity.js';
import type { CourseService } from './course.service.js';
import { CourseModuleType, CourseType, CourseVersionType } from './course.types.js';

/** Versions of courses in the graph. */
@Resolver(() => CourseVersionType)
export class CourseVersionResolver {
  constructor(private readonly service: CourseService) {}

  @FieldResolver(() => CourseType, { nullable: true, description: 'The course of which it is a version.' })
  course(@Root() { courseId }: CourseVersion, @Ctx() context: RequestContext): Promise<Course | null> {
    return seenCourse(context, courseId);
  }

  @FieldResolver(() => [CourseModuleType], { description: 'Its modules, in their order; at most 100.' })
  modules(@Root() { id }: CourseVersion, @Ctx() context: RequestContext): Promise<CourseModule[]> {
    return this.service.modules(context, id);
  }

  @FieldResolver(() => Int, { description: 'How many lessons it has.' })
  lessonCount(@Root() { id }: CourseVersion, @Ctx() context: RequestContext): Promise<number> {
    return this.service.lessonCount(context, id);
  }

  @FieldResolver(() => Int, { description: 'How many minutes all its lessons take, about.' })
  minutes(@Root() { id }: CourseVersion, @Ctx() context: RequestContext): Promise<number> {
    return this.service.minutes(context, id);
  }
}

/** Modules of courses in the graph. */
@Resolver(() => CourseModuleType)
export class CourseModuleResolver {
  constructor(private readonly lessonService: LessonService) {}

  @FieldResolver(() => CourseVersionType, { nullable: true, description: 'The version of the course that it is in.' })
  version(@Root() { versionId }: CourseModule, @Ctx() context: RequestContext): Promise<CourseVersion | null> {
    return seenVersion(context, versionId);
  }

  @FieldResolver(() => [LessonType], { description: 'Its lessons, in their order; at most 100.' })
  lessons(@Root() { id }: CourseModule, @Ctx() context: RequestContext): Promise<LessonOutline[]> {
    return this.lessonService.ofModule(context, id);
  }
}

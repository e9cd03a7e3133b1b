import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CourseModule } from '../courses/course.entity.js';
import { modulesById } from '../courses/course.repository.js';
import { CourseModuleType } from '../courses/course.types.js';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { EnrollmentType } from '../enrollments/enrollment.types.js';
import { type LessonOutline, lessonsById } from '../lessons/lesson.repository.js';
import { LessonType, LockReasonEnum } from '../lessons/lesson.types.js';
import type { Student } from '../students/student.entity.js';
import { StudentType } from '../students/student.types.js';
import type { LockReason, ShownProgress } from './lesson-progress.rules.js';
import type { LessonStanding } from './progress.repository.js';
import type { ModuleStanding, ProgressService, StudentStanding } from './progress.service.js';
import { LessonProgressType, ModuleProgressType, StudentProgressType } from './progress.types.js';

/** How far somebody is with a lesson, in the graph. */
@Resolver(() => LessonProgressType)
export class LessonProgressResolver {
  @FieldResolver(() => LessonType, { description: 'The lesson.' })
  lesson(@Root() { lessonId }: LessonStanding, @Ctx() context: RequestContext): Promise<LessonOutline | null> {
    return context.loader(lessonsById).load(lessonId);
  }

  @FieldResolver()
  status(@Root() { status }: LessonStanding): ShownProgress {
    return status ?? 'NOT_STARTED';
  }

  @FieldResolver(() => LockReasonEnum, {
    nullable: true,
    description: 'Why the student may not learn it yet; null when they may.',
  })
  lockedBy(@Root() { lock }: LessonStanding): LockReason | null {
    return lock;
  }
}

/** How far somebody is with a module, in the graph. */
@Resolver(() => ModuleProgressType)
export class ModuleProgressResolver {
  @FieldResolver(() => CourseModuleType, { description: 'The module.' })
  module(@Root() { moduleId }: ModuleStanding, @Ctx() context: RequestContext): Promise<CourseModule | null> {
    return context.loader(modulesById).load(moduleId);
  }
}

/** How far students have come, in the graph. */
@Resolver(() => StudentProgressType)
export class StudentProgressResolver {
  constructor(private readonly service: ProgressService) {}

  @FieldResolver(() => StudentType, { description: 'Of whom.' })
  student(@Root() { student }: StudentStanding): Student {
    return student;
  }

  @FieldResolver(() => [EnrollmentType], {
    description: 'Each course by itself, the one they enrolled in last first; those that they have left, too.',
  })
  enrollments(@Root() { enrollments }: StudentStanding): Enrollment[] {
    return enrollments;
  }

  @SignedIn()
  @Query(() => StudentProgressType, {
    nullable: true,
    description:
      'How far a student has come: you yourself, or one of your cohorts or of the school; null when there is none whom you may see.',
  })
  studentProgress(
    @Arg('studentId', () => ID, { description: 'Which student.' }) studentId: string,
    @Arg('courseId', () => ID, { nullable: true, description: 'In this course only; in all without it.' })
    courseId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<StudentStanding | null> {
    return this.service.ofStudent(context, studentId, courseId);
  }
}

import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Cohort } from '../cohorts/cohort.entity.js';
import { cohortsById } from '../cohorts/cohort.repository.js';
import { CohortType } from '../cohorts/cohort.types.js';
import type { Course } from '../courses/course.entity.js';
import { coursesById, versionsById } from '../courses/course.repository.js';
import { CourseType } from '../courses/course.types.js';
import { type LessonOutline, lessonsById } from '../lessons/lesson.repository.js';
import { LessonType } from '../lessons/lesson.types.js';
import type { ModuleStanding, ProgressService } from '../progress/progress.service.js';
import { ModuleProgressType } from '../progress/progress.types.js';
import type { Student } from '../students/student.entity.js';
import { studentsById } from '../students/student.repository.js';
import { StudentType } from '../students/student.types.js';
import type { StudentAccess } from '../students/student-access.js';
import type { Enrollment } from './enrollment.entity.js';
import { enrollmentPages } from './enrollment.repository.js';
import { EnrollmentConnection, EnrollmentType } from './enrollment.types.js';

/** Enrolments, in the graph; whoever sees one sees the student whose it is. */
@Resolver(() => EnrollmentType)
export class EnrollmentResolver {
  constructor(
    private readonly access: StudentAccess,
    private readonly progress: ProgressService,
  ) {}

  @FieldResolver(() => StudentType, { description: 'Who learns.' })
  student(@Root() { studentId }: Enrollment, @Ctx() context: RequestContext): Promise<Student | null> {
    return context.loader(studentsById).load(studentId);
  }

  @FieldResolver(() => CourseType, { description: 'What they learn.' })
  course(@Root() { courseId }: Enrollment, @Ctx() context: RequestContext): Promise<Course | null> {
    return context.loader(coursesById).load(courseId);
  }

  @FieldResolver(() => Int, {
    description: 'Which version of the course they learn: they keep it, whatever is published later.',
  })
  async versionNumber(@Root() { versionId }: Enrollment, @Ctx() context: RequestContext): Promise<number | null> {
    return (await context.loader(versionsById).load(versionId))?.number ?? null;
  }

  @FieldResolver(() => CohortType, { nullable: true, description: 'The cohort to which they belong; null for none.' })
  cohort(@Root() { cohortId }: Enrollment, @Ctx() context: RequestContext): Promise<Cohort | null> | null {
    return cohortId ? context.loader(cohortsById).load(cohortId) : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'What share should be completed by now if they went through the course evenly, 0 to 100; null when they have left it.',
  })
  async expectedPercent(@Root() enrollment: Enrollment, @Ctx() context: RequestContext): Promise<number | null> {
    return (await this.progress.pace(context, enrollment)).expectedPercent;
  }

  @FieldResolver(() => Int, { description: 'How many lessons that should be completed by now are not.' })
  async lessonsBehind(@Root() enrollment: Enrollment, @Ctx() context: RequestContext): Promise<number> {
    return (await this.progress.pace(context, enrollment)).lessonsBehind;
  }

  @FieldResolver(() => LessonType, {
    nullable: true,
    description: 'The first lesson in order that is open and not completed: where to go on; null when there is none.',
  })
  async currentLesson(@Root() enrollment: Enrollment, @Ctx() context: RequestContext): Promise<LessonOutline | null> {
    const { currentLessonId } = await this.progress.standing(context, enrollment);
    return currentLessonId ? context.loader(lessonsById).load(currentLessonId) : null;
  }

  @FieldResolver(() => [ModuleProgressType], { description: 'Each module with its lessons and how far they are.' })
  modules(@Root() enrollment: Enrollment, @Ctx() context: RequestContext): Promise<ModuleStanding[]> {
    return this.progress.modules(context, enrollment);
  }

  @SignedIn()
  @Query(() => EnrollmentConnection, {
    nullable: true,
    description: 'The courses that you learn, have completed or left, the newest first; null when you are no student.',
  })
  async myEnrollments(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Enrollment> | null> {
    const student = await this.access.mine(context);
    return student && context.loader(enrollmentPages).load({ parent: student.id, page });
  }
}

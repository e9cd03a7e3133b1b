import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { enrollmentPages } from '../enrollments/enrollment.repository.js';
import { EnrollmentConnection } from '../enrollments/enrollment.types.js';
import { UserReference } from '../people/user.types.js';
import type { ProgressService, StudentStanding } from '../progress/progress.service.js';
import { StudentProgressType } from '../progress/progress.types.js';
import type { Student } from './student.entity.js';
import type { StudentOrder } from './student.rules.js';
import type { StudentPage, StudentService } from './student.service.js';
import { StudentType } from './student.types.js';
import { StudentConnection, StudentFilter, StudentOrderEnum, StudentStatusCounts } from './student-list.types.js';

/** Students, in the graph. */
@Resolver(() => StudentType)
export class StudentResolver {
  constructor(
    private readonly service: StudentService,
    private readonly progressService: ProgressService,
  ) {}

  @FieldResolver(() => UserReference, { nullable: true, description: 'Their account; null until they have one.' })
  user(@Root() { userId }: Student): UserReference | null {
    return userId ? { id: userId } : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The address by which they are found when they come; null once they have, and unless you are staff.',
  })
  email(@Root() { email }: Student, @Ctx() context: RequestContext): string | null {
    return this.service.seesAddress(context) ? (email ?? null) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Who they are in the school’s former system; null when they were in none, and unless you are staff.',
  })
  externalId(@Root() { externalId }: Student, @Ctx() context: RequestContext): string | null {
    return this.service.seesAddress(context) ? (externalId ?? null) : null;
  }

  @FieldResolver(() => EnrollmentConnection, {
    description: 'The courses that they learn, have completed or left, the newest first.',
  })
  enrollments(
    @Root() { id }: Student,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Enrollment>> {
    return context.loader(enrollmentPages).load({ parent: id, page });
  }

  @FieldResolver(() => StudentProgressType, { description: 'How far they have come, in one course or in all.' })
  progress(
    @Root() student: Student,
    @Arg('courseId', () => ID, { nullable: true, description: 'In this course only; in all without it.' })
    courseId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<StudentStanding> {
    return this.progressService.of(context, student, courseId);
  }

  @SignedIn()
  @Query(() => StudentType, {
    nullable: true,
    description: 'You as a student of the school; null when you are none.',
  })
  myStudent(@Ctx() context: RequestContext): Promise<Student | null> {
    return this.service.mine(context);
  }

  @SignedIn()
  @Query(() => StudentType, {
    nullable: true,
    description:
      'A student: you yourself, one of your cohorts, or any for staff; null when there is none whom you may see.',
  })
  student(
    @Arg('id', () => ID, { description: 'Identity of the student.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Student | null> {
    return this.service.find(context, id);
  }

  @SignedIn()
  @Query(() => StudentConnection, {
    nullable: true,
    description: 'Students of your cohorts, or all for staff; refused to others.',
  })
  students(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => StudentFilter, { nullable: true, description: 'Which students; all without it.' })
    filter: StudentFilter | null | undefined,
    @Arg('order', () => StudentOrderEnum, { nullable: true, description: 'In which order; NEWEST_FIRST without it.' })
    order: StudentOrder | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<StudentPage> {
    return this.service.list(context, filter, order, page);
  }
}

/** A page of students, in the graph. */
@Resolver(() => StudentConnection)
export class StudentConnectionResolver {
  @FieldResolver(() => StudentStatusCounts, {
    description:
      'How many there are of each status, whatever status the filter names: for tabs. Counted only when you select it.',
  })
  async statusCounts(@Root() { countStatuses }: StudentPage): Promise<StudentStatusCounts> {
    const counts = await countStatuses();
    return {
      active: counts.get('ACTIVE') ?? 0,
      atRisk: counts.get('AT_RISK') ?? 0,
      dropped: counts.get('DROPPED') ?? 0,
      completed: counts.get('COMPLETED') ?? 0,
    };
  }
}

import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Course } from '../courses/course.entity.js';
import { CourseType } from '../courses/course.types.js';
import type { Homework } from '../homework/homework.entity.js';
import { homeworkById } from '../homework/homework.repository.js';
import { HomeworkType } from '../homework/homework.types.js';
import { UserReference } from '../people/user.types.js';
import type { Student } from '../students/student.entity.js';
import { studentsById } from '../students/student.repository.js';
import { StudentType } from '../students/student.types.js';
import type { HomeworkAssignment, HomeworkExtension } from './homework-assignment.entity.js';
import {
  HomeworkAssignmentConnection,
  HomeworkAssignmentType,
  HomeworkExtensionType,
  HomeworkFilter,
  HomeworkQueueFilter,
  HomeworkQueueOrderEnum,
  type QueueOrder,
} from './homework-assignment.types.js';
import type { Submission } from './submission.entity.js';
import { assignmentsById, extensionsOfAssignment, versionsOfAssignment } from './submission.loaders.js';
import { SubmissionType } from './submission.types.js';
import type { SubmissionReadingService } from './submission-reading.service.js';

/** Homework as it waits for students. */
@Resolver(() => HomeworkAssignmentType)
export class HomeworkAssignmentResolver {
  constructor(private readonly reading: SubmissionReadingService) {}

  @SignedIn()
  @Query(() => HomeworkAssignmentConnection, {
    nullable: true,
    description:
      'Homework of a student, what is due first comes first: your own, or that of a student whose homework you may see; of others you see none.',
  })
  homework(
    @Arg('studentId', () => ID, { nullable: true, description: 'Whose; yours without it.' })
    studentId: string | null | undefined,
    @Arg('filter', () => HomeworkFilter, { nullable: true, description: 'Which of it; all without it.' })
    filter: HomeworkFilter | null | undefined,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<HomeworkAssignment>> {
    return this.reading.list(context, studentId, filter ?? {}, page);
  }

  @Requires('learning.homework.review')
  @Query(() => HomeworkAssignmentConnection, {
    nullable: true,
    description:
      'Homework that you may review: that of your cohorts, or of everybody when you may see all students; never your own.',
  })
  homeworkQueue(
    @Arg('filter', () => HomeworkQueueFilter, {
      nullable: true,
      description: 'Which of it; what waits for a curator without it.',
    })
    filter: HomeworkQueueFilter | null | undefined,
    @Arg('orderBy', () => HomeworkQueueOrderEnum, { defaultValue: 'SUBMITTED', description: 'What comes first.' })
    order: QueueOrder,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<HomeworkAssignment>> {
    return this.reading.queue(context, filter ?? {}, order, page);
  }

  @SignedIn()
  @Query(() => HomeworkAssignmentType, {
    nullable: true,
    description: 'Homework as it waits for one student; null when there is none like it that you may see.',
  })
  homeworkAssignment(
    @Arg('id', () => ID, { description: 'The assignment.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<HomeworkAssignment | null> {
    return context.loader(assignmentsById).load(id);
  }

  @FieldResolver(() => StudentType, { nullable: true, description: 'For whom it waits.' })
  student(@Root() { studentId }: HomeworkAssignment, @Ctx() context: RequestContext): Promise<Student | null> {
    return context.loader(studentsById).load(studentId);
  }

  @FieldResolver(() => CourseType, { nullable: true, description: 'The course that they learn.' })
  course(@Root() assignment: HomeworkAssignment, @Ctx() context: RequestContext): Promise<Course | null> {
    return this.reading.course(context, assignment);
  }

  @FieldResolver(() => Boolean, { description: 'Is it due, and waits for the student still?' })
  isOverdue(@Root() assignment: HomeworkAssignment): boolean {
    return this.reading.isOverdue(assignment);
  }

  @FieldResolver(() => SubmissionType, {
    nullable: true,
    description: 'The newest version: for the student also a draft, for others what was handed in last. Null before.',
  })
  submission(@Root() assignment: HomeworkAssignment, @Ctx() context: RequestContext): Promise<Submission | null> {
    return this.reading.newest(context, assignment);
  }

  @FieldResolver(() => [SubmissionType], {
    description: 'All its versions, the newest first; drafts only of your own.',
  })
  submissions(@Root() { id }: HomeworkAssignment, @Ctx() context: RequestContext): Promise<Submission[]> {
    return context.loader(versionsOfAssignment).load(id);
  }

  @FieldResolver(() => [HomeworkExtensionType], { description: 'How often there was more time, the last one first.' })
  extensions(@Root() { id }: HomeworkAssignment, @Ctx() context: RequestContext): Promise<HomeworkExtension[]> {
    return context.loader(extensionsOfAssignment).load(id);
  }
}

/** What is to be done; apart from the query of the same name. */
@Resolver(() => HomeworkAssignmentType)
export class AssignedHomeworkResolver {
  @FieldResolver(() => HomeworkType, { nullable: true, description: 'What is to be done.' })
  homework(@Root() { homeworkId }: HomeworkAssignment, @Ctx() context: RequestContext): Promise<Homework | null> {
    return context.loader(homeworkById).load(homeworkId);
  }
}

/** More time for homework. */
@Resolver(() => HomeworkExtensionType)
export class HomeworkExtensionResolver {
  @FieldResolver(() => UserReference, { nullable: true, description: 'Who gave it; null once they left for good.' })
  grantedBy(@Root() { grantedBy: id }: HomeworkExtension): UserReference | null {
    return id ? { id } : null;
  }
}

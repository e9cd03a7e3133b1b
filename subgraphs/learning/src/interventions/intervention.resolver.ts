import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Cost } from '@tutorgraph/kit/graphql/cost';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { enrollmentsById } from '../enrollments/enrollment.repository.js';
import { EnrollmentType } from '../enrollments/enrollment.types.js';
import { LearningError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { Student } from '../students/student.entity.js';
import { studentsById } from '../students/student.repository.js';
import { StudentType } from '../students/student.types.js';
import type { Intervention } from './intervention.entity.js';
import type { InterventionChange } from './intervention.repository.js';
import type { InterventionService } from './intervention.service.js';
import {
  InterventionConnection,
  InterventionEffect,
  InterventionFilter,
  InterventionType,
  LogInterventionInput,
  LogInterventionPayload,
} from './intervention.types.js';

/** Interventions, in the graph. */
@Resolver(() => InterventionType)
export class InterventionResolver {
  constructor(private readonly service: InterventionService) {}

  @FieldResolver(() => UserReference, { nullable: true, description: 'Who did it; null once they were erased.' })
  doneBy(@Root() { doneBy }: Intervention): UserReference | null {
    return doneBy ? { id: doneBy } : null;
  }

  @FieldResolver(() => StudentType, { description: 'For whom.' })
  student(@Root() { studentId }: Intervention, @Ctx() context: RequestContext): Promise<Student | null> {
    return context.loader(studentsById).load(studentId);
  }

  @FieldResolver(() => EnrollmentType, { description: 'In which course.' })
  enrollment(@Root() { enrollmentId }: Intervention, @Ctx() context: RequestContext): Promise<Enrollment | null> {
    return context.loader(enrollmentsById).load(enrollmentId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Their risk a week later; null until then, or when they did not learn the course any more.',
  })
  scoreAfter7Days(@Root() intervention: Intervention, @Ctx() context: RequestContext): Promise<number | null> {
    return this.service.scoreAfter(context, intervention, 7);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Their risk four weeks later; null until then, or when they did not learn the course any more.',
  })
  scoreAfter28Days(@Root() intervention: Intervention, @Ctx() context: RequestContext): Promise<number | null> {
    return this.service.scoreAfter(context, intervention, 28);
  }

  @Requires('learning.students.curate')
  @Query(() => InterventionConnection, {
    nullable: true,
    description: 'What was done for students of your cohorts, or for all for staff, the newest first.',
  })
  interventions(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => InterventionFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: InterventionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Intervention>> {
    return this.service.list(context, filter ?? {}, page);
  }

  @Requires('learning.reports.read')
  @Cost(50)
  @Query(() => [InterventionEffect], {
    nullable: true,
    description: 'Do interventions help? Scores 7 and 28 days after, beside those of similar students.',
  })
  interventionEffects(
    @Arg('filter', () => InterventionFilter, { nullable: true, description: 'Of which ones; of all without it.' })
    filter: InterventionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<InterventionChange[]> {
    return this.service.effect(context, filter ?? {});
  }

  @Requires('learning.students.curate')
  @Mutation(() => LogInterventionPayload, {
    nullable: true,
    description: 'Writes down what you did for a student, so that its effect can be measured.',
  })
  logIntervention(
    @Arg('input', () => LogInterventionInput, { description: 'What was done.' }) input: LogInterventionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.log(context, input));
  }
}

/** What was done for a student. */
@Resolver(() => StudentType)
export class StudentInterventionsResolver {
  constructor(private readonly service: InterventionService) {}

  @FieldResolver(() => InterventionConnection, {
    nullable: true,
    description: 'What was done for them, the newest first; null unless you are of their staff.',
  })
  interventions(
    @Root() { id }: Student,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Intervention> | null> {
    return this.service.ofStudent(context, id, page);
  }
}

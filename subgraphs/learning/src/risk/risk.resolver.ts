import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { ListSize } from '@tutorgraph/kit/graphql/cost';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { enrollmentsById } from '../enrollments/enrollment.repository.js';
import { EnrollmentType } from '../enrollments/enrollment.types.js';
import { LearningError } from '../errors.js';
import type { Student } from '../students/student.entity.js';
import { studentsById } from '../students/student.repository.js';
import { StudentType } from '../students/student.types.js';
import type { RiskDay, RiskModelRow, RiskScore } from './risk.entity.js';
import type { Thresholds } from './risk.rules.js';
import type { RiskService } from './risk.service.js';
import {
  RetrainRiskModelPayload,
  RiskConnection,
  RiskDayType,
  RiskFilter,
  RiskModelConnection,
  RiskReasonType,
  RiskThresholds,
  RiskType,
  SetRiskThresholdsInput,
  SetRiskThresholdsPayload,
  TakeRiskModelBackPayload,
} from './risk.types.js';

/** Risk, in the graph. */
@Resolver(() => RiskType)
export class RiskResolver {
  constructor(private readonly service: RiskService) {}

  @FieldResolver(() => [RiskReasonType], {
    description: 'The strongest reasons, the strongest first; empty for a low risk.',
  })
  reasons(@Root() { reasons }: RiskScore, @Ctx() context: RequestContext): RiskReasonType[] {
    return reasons.map(({ code, value }) => ({ code, value, text: context.text(`RISK_${code}`, { value }) }));
  }

  @ListSize(30)
  @FieldResolver(() => [RiskDayType], {
    description: 'The last score of each day on which there was one, the first first.',
  })
  history(
    @Root() risk: RiskScore,
    @Arg('days', () => Int, { defaultValue: 30, description: 'How many days back, 1 to 366.' }) days: number,
    @Ctx() context: RequestContext,
  ): Promise<RiskDay[]> {
    return this.service.history(context, risk, days);
  }

  @FieldResolver(() => StudentType, { description: 'Whose risk it is.' })
  student(@Root() { studentId }: RiskScore, @Ctx() context: RequestContext): Promise<Student | null> {
    return context.loader(studentsById).load(studentId);
  }

  @FieldResolver(() => EnrollmentType, { description: 'The course that they may not complete.' })
  enrollment(@Root() { enrollmentId }: RiskScore, @Ctx() context: RequestContext): Promise<Enrollment | null> {
    return context.loader(enrollmentsById).load(enrollmentId);
  }

  @Requires('learning.students.curate')
  @Query(() => RiskConnection, {
    nullable: true,
    description: 'Students of your cohorts, or all for staff, who may not complete a course: the highest risk first.',
  })
  studentsAtRisk(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => RiskFilter, { nullable: true, description: 'Whose risk; WATCH and AT_RISK without it.' })
    filter: RiskFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<RiskScore>> {
    return this.service.atRisk(context, filter ?? {}, page);
  }

  @Requires('learning.students.curate')
  @Query(() => RiskThresholds, { nullable: true, description: 'From which scores on the school does something.' })
  riskThresholds(@Ctx() context: RequestContext): Promise<Thresholds> {
    return this.service.thresholds(context.em);
  }

  @Requires('learning.risk.manage')
  @Mutation(() => SetRiskThresholdsPayload, {
    nullable: true,
    description: 'Sets from which scores on the school does something; within a day it holds for everybody.',
  })
  setRiskThresholds(
    @Arg('input', () => SetRiskThresholdsInput, { description: 'What holds from now on.' })
    input: SetRiskThresholdsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.setThresholds(context, input));
  }
}

/** The models behind the scores, in the graph. */
@Resolver(() => RiskModelConnection)
export class RiskModelResolver {
  constructor(private readonly service: RiskService) {}

  @Requires('learning.risk.manage')
  @Query(() => RiskModelConnection, {
    nullable: true,
    description:
      'Models that were trained on the school’s own outcomes, the newest first. While none is RUNNING, the one that comes with the program scores.',
  })
  riskModels(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<RiskModelRow>> {
    return this.service.trained(context, page);
  }

  @Requires('learning.risk.manage')
  @Mutation(() => RetrainRiskModelPayload, {
    nullable: true,
    description:
      'Has a model trained on who completed the school’s courses and who gave them up. It scores only if it is better on students kept aside; too few outcomes make none.',
  })
  retrainRiskModel(@Ctx() context: RequestContext) {
    return answer(context, LearningError, () => this.service.retrain(context));
  }

  @Requires('learning.risk.manage')
  @Mutation(() => TakeRiskModelBackPayload, {
    nullable: true,
    description: 'Goes back to the model that comes with the program.',
  })
  takeRiskModelBack(@Ctx() context: RequestContext) {
    return answer(context, LearningError, () => this.service.takeBack(context));
  }
}

/** The risk of a student. */
@Resolver(() => StudentType)
export class StudentRiskResolver {
  constructor(private readonly service: RiskService) {}

  @FieldResolver(() => RiskType, {
    nullable: true,
    description:
      'The highest risk among the courses that they learn; null when they learn none, were not scored yet, or you are not of their staff.',
  })
  risk(@Root() { id }: Student, @Ctx() context: RequestContext): Promise<RiskScore | null> {
    return this.service.ofStudent(context, id);
  }
}

/** The risk of an enrolment. */
@Resolver(() => EnrollmentType)
export class EnrollmentRiskResolver {
  constructor(private readonly service: RiskService) {}

  @FieldResolver(() => RiskType, {
    nullable: true,
    description:
      'How likely it is that they do not complete it; null once it does not go on, before the first score, or unless you are of their staff.',
  })
  risk(@Root() enrollment: Enrollment, @Ctx() context: RequestContext): Promise<RiskScore | null> {
    return this.service.ofEnrollment(context, enrollment);
  }
}

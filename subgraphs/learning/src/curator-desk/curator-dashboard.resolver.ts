import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { HandOver } from '../hand-overs/hand-over.entity.js';
import { HandOverResolver } from '../hand-overs/hand-over.resolver.js';
import { HandOverConnection, HandOverFilter } from '../hand-overs/hand-over.types.js';
import type { RiskScore } from '../risk/risk.entity.js';
import { RiskResolver } from '../risk/risk.resolver.js';
import { RiskConnection, RiskFilter } from '../risk/risk.types.js';
import { StudentResolver } from '../students/student.resolver.js';
import type { StudentOrder } from '../students/student.rules.js';
import type { StudentPage } from '../students/student.service.js';
import { StudentConnection, StudentFilter, StudentOrderEnum } from '../students/student-list.types.js';
import type { HomeworkAssignment } from '../submissions/homework-assignment.entity.js';
import { HomeworkAssignmentResolver } from '../submissions/homework-assignment.resolver.js';
import {
  HomeworkAssignmentConnection,
  HomeworkQueueFilter,
  HomeworkQueueOrderEnum,
  type QueueOrder,
} from '../submissions/homework-assignment.types.js';
import { CuratorDashboard } from './curator-dashboard.types.js';

/** What a curator begins the day with: the lists of the room side by side, each as its root field gives it. */
@Resolver(() => CuratorDashboard)
export class CuratorDashboardResolver {
  @Requires('learning.students.curate')
  @Query(() => CuratorDashboard, {
    nullable: true,
    description: 'What waits for you as a curator: of your cohorts, or of the whole school if you see all students.',
  })
  curatorDashboard(): CuratorDashboard {
    return {};
  }

  @FieldResolver(() => StudentConnection, { nullable: true, description: 'As `students`; `statusCounts` is for tabs.' })
  students(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => StudentFilter, { nullable: true, description: 'Which students; all without it.' })
    filter: StudentFilter | null | undefined,
    @Arg('order', () => StudentOrderEnum, { nullable: true, description: 'In which order; NEWEST_FIRST without it.' })
    order: StudentOrder | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<StudentPage> {
    return context.resolver(StudentResolver).students(page, filter, order, context);
  }

  @FieldResolver(() => RiskConnection, { nullable: true, description: 'As `studentsAtRisk`: the highest risk first.' })
  studentsAtRisk(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => RiskFilter, { nullable: true, description: 'Whose risk; WATCH and AT_RISK without it.' })
    filter: RiskFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<RiskScore>> {
    return context.resolver(RiskResolver).studentsAtRisk(page, filter, context);
  }

  @FieldResolver(() => HomeworkAssignmentConnection, {
    nullable: true,
    description: 'As `homeworkQueue`: what waits for a review; null when you may not review.',
  })
  async homeworkQueue(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => HomeworkQueueFilter, { nullable: true, description: 'Which of it; what waits without it.' })
    filter: HomeworkQueueFilter | null | undefined,
    @Arg('orderBy', () => HomeworkQueueOrderEnum, { defaultValue: 'SUBMITTED', description: 'What comes first.' })
    order: QueueOrder,
    @Ctx() context: RequestContext,
  ): Promise<Connection<HomeworkAssignment> | null> {
    if (!context.can('learning.homework.review')) return null;
    return context.resolver(HomeworkAssignmentResolver).homeworkQueue(filter, order, page, context);
  }

  @FieldResolver(() => HandOverConnection, {
    nullable: true,
    description: 'As `handOvers`: questions that wait, the oldest first; null when you may not answer.',
  })
  async handOvers(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => HandOverFilter, { nullable: true, description: 'Which; those not settled without it.' })
    filter: HandOverFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<HandOver> | null> {
    if (!context.can('learning.hand-overs.answer')) return null;
    return context.resolver(HandOverResolver).handOvers(page, filter, context);
  }
}

import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Cost, ListSize } from '@tutorgraph/kit/graphql/cost';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { LearningError } from '../errors.js';
import { daysOf } from './days.js';
import type { ReportService } from './report.service.js';
import {
  DailyMetricsType,
  DashboardMetrics,
  DashboardMetricsChangedEvent,
  DaySpanInput,
  ExportSchoolReportInput,
  ExportSchoolReportPayload,
  PeriodComparison,
  RetentionCohortType,
  SchoolCostsType,
  SchoolSummary,
  SetSchoolCostsInput,
  SetSchoolCostsPayload,
} from './report.types.js';
import type { ReportExports } from './report-exports.js';
import { findCosts, setCosts } from './school-costs.js';

const AFTER = 'Go on after this cursor: nothing in between is lost. Without it, from now on.';

interface Start {
  args: { after?: string | null };
  context: RequestContext;
}

/** Figures of the school, in the graph. */
@Resolver()
export class ReportResolver {
  constructor(
    readonly reports: ReportService,
    readonly exports: ReportExports,
  ) {}

  @Requires('learning.reports.read')
  @ListSize(90)
  @Query(() => [DailyMetricsType], {
    nullable: true,
    description: 'Figures of days, the first day first; 400 are the most.',
  })
  dailyMetrics(
    @Arg('span', () => DaySpanInput, { description: 'Which days.' }) span: DaySpanInput,
    @Ctx() context: RequestContext,
  ) {
    return this.reports.days(context, daysOf(span));
  }

  @Requires('learning.reports.read')
  @Query(() => DashboardMetrics, { nullable: true, description: 'How the school stands now.' })
  dashboardMetrics(@Ctx() context: RequestContext) {
    return this.reports.now(context);
  }

  @Requires('learning.reports.read')
  @Subscription(() => DashboardMetricsChangedEvent, {
    nullable: true,
    description: 'How the school stands, now and each time that it may have changed.',
    subscribe: ({ args, context }: Start) => context.resolver(ReportResolver).reports.watch(context, args.after),
  })
  async dashboardMetricsChanged(
    @Root() { cursor }: LiveMessage,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, metrics: await this.reports.changed(context) };
  }

  @Requires('learning.reports.read')
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Cost(50)
  @Query(() => [RetentionCohortType], {
    nullable: true,
    description: 'How many stayed of those who began in each month, month by month; 36 months are the most.',
  })
  retentionReport(
    @Arg('from', () => CalendarDate, { description: 'A day of the first month.' }) from: Date,
    @Arg('to', () => CalendarDate, { description: 'A day of the last month.' }) to: Date,
    @Arg('courseId', () => ID, { nullable: true, description: 'Only those of this course.' })
    courseId: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.reports.retention(context, { ...daysOf({ from, to }), courseId: courseId ?? null });
  }

  @Requires('learning.reports.read')
  @Query(() => [PeriodComparison], {
    nullable: true,
    description: 'Two periods side by side, metric by metric: before and after the assistant came, say.',
  })
  periodComparison(
    @Arg('before', () => DaySpanInput, { description: 'The first period.' }) before: DaySpanInput,
    @Arg('after', () => DaySpanInput, { description: 'The second period.' }) after: DaySpanInput,
    @Ctx() context: RequestContext,
  ) {
    return this.reports.compare(context, daysOf(before), daysOf(after));
  }

  @Requires('learning.reports.read')
  @Query(() => SchoolSummary, {
    nullable: true,
    description: 'The whole school in some figures, of the thirty days before today.',
  })
  schoolSummary(@Ctx() context: RequestContext) {
    return this.reports.summary(context);
  }

  @Requires('learning.reports.read')
  @Query(() => SchoolCostsType, { nullable: true, description: 'What the school costs; null until `setSchoolCosts`.' })
  schoolCosts(@Ctx() context: RequestContext) {
    return findCosts(context.em);
  }

  @Requires('learning.costs.manage')
  @Mutation(() => SetSchoolCostsPayload, {
    nullable: true,
    description: 'Says what the school costs: profit is counted with it.',
  })
  setSchoolCosts(
    @Arg('input', () => SetSchoolCostsInput, { description: 'What it costs.' }) input: SetSchoolCostsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => setCosts(context, input));
  }

  @Requires('learning.reports.read')
  @Limited({ viewer: { points: 30, seconds: 600 } })
  @Mutation(() => ExportSchoolReportPayload, {
    nullable: true,
    description: 'Makes an address at which a report can be fetched as CSV; who exports what is in the audit log.',
  })
  exportSchoolReport(
    @Arg('input', () => ExportSchoolReportInput, { description: 'What.' }) input: ExportSchoolReportInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.exports.address(context, input));
  }
}

import { isId } from '@tutorgraph/kit/database/id';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { z } from 'zod';
import {
  dailyMetricsComputed,
  enrollmentCompleted,
  enrollmentDropped,
  enrollmentResumed,
  enrollmentStarted,
  handOverClosed,
  handOverOpened,
  handOverTaken,
  homeworkChecked,
  homeworkReturned,
  homeworkReviewed,
  homeworkSubmitted,
  studentAdded,
  studentStatusChanged,
} from '../events.js';
import { type Comparison, compare, measure } from './comparison.rules.js';
import type { DailyMetrics } from './daily-metrics.entity.js';
import { type Days, findDays } from './daily-metrics.repository.js';
import { countDays, dayBefore, dayOf } from './days.js';
import { type Costs, type Effort, paybackDays, type Spent, spend } from './profit.rules.js';
import { findRetention, type RetentionCohort } from './retention.repository.js';
import { findCosts } from './school-costs.js';
import { countCurators, type SchoolNow, schoolNow } from './school-now.repository.js';

const PERMISSION = 'learning.reports.read';
const MOST_DAYS = 400;
const MOST_MONTHS = 36;
const MONTH = 30;
/** Whatever changes the figures of now. */
const CHANGES = [
  studentAdded,
  studentStatusChanged,
  enrollmentStarted,
  enrollmentCompleted,
  enrollmentDropped,
  enrollmentResumed,
  homeworkSubmitted,
  homeworkChecked,
  homeworkReviewed,
  homeworkReturned,
  handOverOpened,
  handOverTaken,
  handOverClosed,
  dailyMetricsComputed,
].map(({ type }) => type);

/** What a span brought and cost. */
export interface Profit {
  costs: Costs | null;
  effort: Effort;
  spent: Spent | null;
  /** In the costs' currency, refunds taken off; null when nobody said what the school costs. */
  revenue: number | null;
}

/** The whole school in some figures. */
export interface Summary {
  students: number;
  curators: number;
  newStudentsAMonth: number | null;
  supportHoursAWeek: number | null;
  aiResolutionPercent: number | null;
  retentionPercent: number | null;
  profit: { amountMinor: number; currency: string } | null;
  paybackDays: number | null;
}

const revenues = z.array(z.object({ amountMinor: z.number(), currency: z.string() })).nullable();

/** Figures of the school, for those who lead it. */
export class ReportService {
  constructor(
    private readonly graph: GraphClient,
    private readonly live: LiveStream,
  ) {}

  /** Figures of days. @throws BAD_USER_INPUT for a span that is none or too long */
  days(context: RequestContext, days: Days): Promise<DailyMetrics[]> {
    return findDays(context.em, checked(days));
  }

  /** How the school stands now. */
  now({ em }: RequestContext): Promise<SchoolNow> {
    return schoolNow(em, new Date());
  }

  /** Whatever changes how the school stands. */
  watch({ signal }: RequestContext, after: string | null | undefined): AsyncIterable<LiveMessage> {
    return this.live.subscribe({ after, keys: ['school'], types: CHANGES, signal });
  }

  /** How the school stands as a message comes. @throws FORBIDDEN when the viewer may not see it any longer */
  changed(context: RequestContext): Promise<SchoolNow> {
    context.require(PERMISSION);
    return this.now(context);
  }

  /** @throws BAD_USER_INPUT for a span that is none or too long */
  retention(
    { em }: RequestContext,
    { from, to, courseId }: Days & { courseId: string | null },
  ): Promise<RetentionCohort[]> {
    const [first, last] = [`${from.slice(0, 7)}-01`, `${to.slice(0, 7)}-01`];
    if (last < first || countDays({ from: first, to: last }) > MOST_MONTHS * 31) {
      throw badUserInput(`\`to\` must not come before \`from\`, and ${MOST_MONTHS} months are the most`);
    }
    if (courseId !== null && !isId(courseId)) return Promise.resolve([]);
    return findRetention(em, { from: first, to: last, courseId, at: new Date() });
  }

  /** Two periods, metric by metric. @throws BAD_USER_INPUT for a span that is none or too long */
  async compare({ em }: RequestContext, before: Days, after: Days): Promise<Comparison[]> {
    const [earlier, later] = [await findDays(em, checked(before)), await findDays(em, checked(after))];
    return compare(earlier, later);
  }

  /** What a span brought and cost. @throws BAD_USER_INPUT for a span that is none or too long */
  async profit({ em }: RequestContext, days: Days): Promise<Profit> {
    const found = await findDays(em, checked(days));
    const costs = await findCosts(em);
    const sum = (of: (day: DailyMetrics) => number) => found.reduce((total, day) => total + of(day), 0);
    const effort: Effort = {
      days: countDays(days),
      supportMinutes: sum((day) => day.supportMinutes),
      newStudents: sum((day) => day.newStudents),
      learning: found.length === 0 ? 0 : sum((day) => day.learning) / found.length,
    };
    if (!costs) return { costs: null, effort, spent: null, revenue: null };
    return { costs, effort, spent: spend(costs, effort), revenue: await this.revenue(days, costs.currency) };
  }

  /** The whole school in some figures, of the thirty days before today. */
  async summary(context: RequestContext): Promise<Summary> {
    const to = dayBefore(dayOf(new Date()), 1);
    const span = { from: dayBefore(to, MONTH - 1), to };
    const [now, curators, days, profit] = [
      await this.now(context),
      await countCurators(context.em),
      await findDays(context.em, span),
      await this.profit(context, span),
    ];
    const means = measure(days);
    const { costs, effort, spent, revenue } = profit;
    const isKnown = costs && spent && revenue !== null;
    return {
      students: now.students,
      curators,
      newStudentsAMonth: means.NEW_STUDENTS_A_MONTH,
      supportHoursAWeek: means.SUPPORT_HOURS_A_WEEK,
      aiResolutionPercent: means.AI_RESOLUTION,
      retentionPercent: days.at(-1)?.retentionPercent ?? null,
      profit: isKnown ? { amountMinor: revenue - spent.total, currency: costs.currency } : null,
      paybackDays: isKnown ? paybackDays(costs, effort, revenue) : null,
    };
  }

  /** What courses earned within a span; payments knows. */
  private async revenue({ from, to }: Days, currency: string): Promise<number> {
    const variables = { from: `${from}T00:00:00Z`, to: `${dayBefore(to, -1)}T00:00:00Z` };
    const query = `query ($from: DateTime!, $to: DateTime!) { courseRevenue(from: $from, to: $to) { amountMinor currency } }`;
    const data = await this.graph.query('payments', { query, variables }, ['courseRevenue']);
    const all = revenues.parse(data['courseRevenue']) ?? [];
    return all.find((one) => one.currency === currency)?.amountMinor ?? 0;
  }
}

function checked(days: Days): Days {
  const count = countDays(days);
  if (count < 1 || count > MOST_DAYS) {
    throw badUserInput(`\`to\` must not come before \`from\`, and ${MOST_DAYS} days are the most`);
  }
  return days;
}

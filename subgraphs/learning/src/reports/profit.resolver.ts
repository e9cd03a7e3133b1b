import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import type { Days } from './daily-metrics.repository.js';
import { daysOf } from './days.js';
import type { Spent } from './profit.rules.js';
import type { Profit, ReportService } from './report.service.js';
import { ProfitReportType } from './report.types.js';

const UNKNOWN = 'null until `setSchoolCosts`.';
const MINUTES = 60;

/** A span of days, and what it brought and cost. */
interface Report extends Days {
  profit: Profit;
}

/** What the school earned and cost, in the graph. */
@Resolver(() => ProfitReportType)
export class ProfitReportResolver {
  constructor(readonly reports: ReportService) {}

  @Requires('learning.reports.read')
  @Query(() => ProfitReportType, {
    nullable: true,
    description: 'What the school earned and cost in a span of days; 400 are the most.',
  })
  async profitReport(
    @Arg('from', () => CalendarDate, { description: 'The first day, by UTC.' }) from: Date,
    @Arg('to', () => CalendarDate, { description: 'The last day.' }) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<Report> {
    const days = daysOf({ from, to });
    return { ...days, profit: await this.reports.profit(context, days) };
  }

  @FieldResolver(() => Float, { description: 'Hours of support.' })
  supportHours(@Root() { profit }: Report): number {
    return Math.round((profit.effort.supportMinutes / MINUTES) * 100) / 100;
  }

  @FieldResolver(() => Int, { description: 'Who joined.' })
  newStudents(@Root() { profit }: Report): number {
    return profit.effort.newStudents;
  }

  @FieldResolver(() => Money, { nullable: true, description: `What support cost; ${UNKNOWN}` })
  supportCost(@Root() report: Report): Money | null {
    return cost(report, 'support');
  }

  @FieldResolver(() => Money, { nullable: true, description: `What it cost to win the new students; ${UNKNOWN}` })
  acquisitionCost(@Root() report: Report): Money | null {
    return cost(report, 'acquisition');
  }

  @FieldResolver(() => Money, { nullable: true, description: `What the school cost besides; ${UNKNOWN}` })
  runningCost(@Root() report: Report): Money | null {
    return cost(report, 'running');
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: `What courses earned in the currency of the costs, less all costs; ${UNKNOWN}`,
  })
  profit(@Root() { profit: { costs, spent, revenue } }: Report): Money | null {
    if (!costs || !spent || revenue === null) return null;
    return { amountMinor: revenue - spent.total, currency: costs.currency };
  }
}

function cost({ profit: { costs, spent } }: Report, part: keyof Spent): Money | null {
  return costs && spent && { amountMinor: spent[part], currency: costs.currency };
}

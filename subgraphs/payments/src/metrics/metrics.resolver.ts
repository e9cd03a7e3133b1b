import { Requires, ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { DayFigures, MonthFigures } from './metrics.repository.js';
import type { MetricsService } from './metrics.service.js';
import { MoneyOfDay, PlatformMetrics, ProfitOfMonth, ProfitReport } from './metrics.types.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const HIDDEN = 'null unless you may see it.';

/** Money among the platform's figures. */
@Resolver(() => PlatformMetrics)
export class PlatformMetricsResolver {
  constructor(private readonly metrics: MetricsService) {}

  @FieldResolver(() => [Money], {
    nullable: true,
    description: `What students paid within the span for lessons and packages, in each currency; ${HIDDEN}`,
  })
  grossVolume(@Root() span: PlatformMetrics, @Ctx() context: RequestContext): Promise<Money[] | null> {
    return this.metrics.total(context, span, 'grossVolume');
  }

  @FieldResolver(() => [Money], {
    nullable: true,
    description: `Commission, premium and what was lost of packages within the span, without tax, less Stripe’s fees, lost disputes and goodwill, in each currency; ${HIDDEN}`,
  })
  netRevenue(@Root() span: PlatformMetrics, @Ctx() context: RequestContext): Promise<Money[] | null> {
    return this.metrics.total(context, span, 'netRevenue');
  }

  @FieldResolver(() => [Money], {
    nullable: true,
    description: `What went back to students within the span, in each currency; ${HIDDEN}`,
  })
  refunds(@Root() span: PlatformMetrics, @Ctx() context: RequestContext): Promise<Money[] | null> {
    return this.metrics.total(context, span, 'refunds');
  }

  @FieldResolver(() => [Money], {
    nullable: true,
    description: `What tutors took to their banks within the span, in each currency; ${HIDDEN}`,
  })
  payouts(@Root() span: PlatformMetrics, @Ctx() context: RequestContext): Promise<Money[] | null> {
    return this.metrics.total(context, span, 'payouts');
  }

  @FieldResolver(() => [MoneyOfDay], {
    nullable: true,
    description: `The same figures by day and currency, the first day first; days on which no money moved are left out; ${HIDDEN}`,
  })
  moneyByDay(@Root() span: PlatformMetrics, @Ctx() context: RequestContext): Promise<DayFigures[] | null> {
    return this.metrics.days(context, span);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: `How many tutors were premium at the end of the span; ${HIDDEN}`,
  })
  activePremium(@Root() span: PlatformMetrics, @Ctx() context: RequestContext): Promise<number | null> {
    return this.metrics.premium(context, span);
  }

  @Requires('payments.metrics.read')
  @Query(() => [ProfitOfMonth], {
    nullable: true,
    description:
      'What the platform earned and spent by month and currency, in a span of ten years at most; months in which nothing happened are left out.',
  })
  profitByMonth(
    @Arg('from', () => DateTime, { description: 'Beginning of the span, inclusive.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'End of the span, exclusive.' }) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<MonthFigures[]> {
    return this.metrics.profit(context, { from, to });
  }
}

/** What courses earned, beside what the school cost. */
@Resolver(() => ProfitReport)
export class ProfitReportResolver {
  constructor(private readonly metrics: MetricsService) {}

  @FieldResolver(() => [Money], {
    nullable: true,
    description: `What courses earned, without tax and less what went back, in each currency; ${HIDDEN}`,
  })
  courseRevenue(@Root() { from, to }: ProfitReport, @Ctx() context: RequestContext): Promise<Money[] | null> {
    const end = new Date(`${to}T00:00:00Z`).getTime() + DAY_MS;
    return this.metrics.courseRevenue(context, { from: new Date(`${from}T00:00:00Z`), to: new Date(end) });
  }

  @ServiceOnly('courseRevenue')
  @Directive('@inaccessible')
  @Query(() => [Money], {
    nullable: true,
    name: 'courseRevenue',
    description: 'What courses earned within a span, without tax and less what went back. For our services only.',
  })
  courseRevenueWithin(
    @Arg('from', () => DateTime, { description: 'Beginning of the span, inclusive.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'End of the span, exclusive.' }) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<Money[] | null> {
    return this.metrics.courseRevenue(context, { from, to });
  }
}

/** Figures of a day in the graph. */
@Resolver(() => MoneyOfDay)
export class MoneyOfDayResolver {
  @FieldResolver(() => Money, { description: 'What students paid for lessons and packages.' })
  grossVolume(@Root() { grossVolume, currency }: DayFigures): Money {
    return { amountMinor: grossVolume, currency };
  }

  @FieldResolver(() => Money, {
    description:
      'Commission, premium and what was lost of packages, without tax, less fees, lost disputes and goodwill.',
  })
  netRevenue(@Root() { netRevenue, currency }: DayFigures): Money {
    return { amountMinor: netRevenue, currency };
  }

  @FieldResolver(() => Money, { description: 'What went back to students.' })
  refunds(@Root() { refunds, currency }: DayFigures): Money {
    return { amountMinor: refunds, currency };
  }

  @FieldResolver(() => Money, { description: 'What tutors took to their banks.' })
  payouts(@Root() { payouts, currency }: DayFigures): Money {
    return { amountMinor: payouts, currency };
  }
}

/** Figures of a month in the graph. */
@Resolver(() => ProfitOfMonth)
export class ProfitOfMonthResolver {
  @FieldResolver(() => Money, { description: 'Commission, premium and what was lost of packages, without tax.' })
  revenue(@Root() { revenue, currency }: MonthFigures): Money {
    return { amountMinor: revenue, currency };
  }

  @FieldResolver(() => Money, { description: 'What Stripe kept.' })
  fees(@Root() { fees, currency }: MonthFigures): Money {
    return { amountMinor: fees, currency };
  }

  @FieldResolver(() => Money, { description: 'Lost disputes and goodwill.' })
  losses(@Root() { losses, currency }: MonthFigures): Money {
    return { amountMinor: losses, currency };
  }

  @FieldResolver(() => Money, { description: 'Revenue less fees and losses.' })
  profit(@Root() { revenue, fees, losses, currency }: MonthFigures): Money {
    return { amountMinor: revenue - fees - losses, currency };
  }
}

/** Every resolver class of the figures. */
export const metricsResolvers = [
  PlatformMetricsResolver,
  MoneyOfDayResolver,
  ProfitOfMonthResolver,
  ProfitReportResolver,
] as const;

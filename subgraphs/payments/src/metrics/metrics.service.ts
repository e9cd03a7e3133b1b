import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Money } from '@tutorgraph/kit/graphql/money';
import {
  countCourseRevenue,
  countPremium,
  type DayFigures,
  type MoneyFigures,
  type MoneyOfCurrency,
  type MonthFigures,
  moneyByDay,
  profitByMonth,
  type Span,
} from './metrics.repository.js';

const PERMISSION = 'payments.metrics.read';
const MOST_MS = 3_653 * 24 * 60 * 60 * 1_000;

/** A figure of a span, by its name. */
export type MoneyFigure = Exclude<keyof MoneyFigures, 'currency'>;

/** Figures of the platform's money; all of them come from the ledger. */
export class MetricsService {
  /** One figure of a span in each currency; null for whoever may not see it. */
  async total(context: RequestContext, span: Span, figure: MoneyFigure): Promise<Money[] | null> {
    const days = await this.days(context, span);
    if (!days) return null;
    const totals = new Map<string, number>();
    for (const day of days) totals.set(day.currency, (totals.get(day.currency) ?? 0) + day[figure]);
    return [...totals]
      .filter(([, amountMinor]) => amountMinor !== 0)
      .map(([currency, amountMinor]) => ({ currency, amountMinor }))
      .sort((one, other) => one.currency.localeCompare(other.currency));
  }

  /** All figures of a span by day; null for whoever may not see them. */
  days(context: RequestContext, span: Span): Promise<DayFigures[] | null> {
    return context.can(PERMISSION) ? context.loader(moneyByDay).load(span) : Promise.resolve(null);
  }

  /** How many tutors were premium at the end of a span; null for whoever may not see it. */
  premium(context: RequestContext, span: Span): Promise<number | null> {
    return context.can(PERMISSION) ? countPremium(context.em, span) : Promise.resolve(null);
  }

  /** What courses earned; null for whoever may not see it. */
  courseRevenue(context: RequestContext, span: Span): Promise<MoneyOfCurrency[] | null> {
    const isAllowed = context.can(PERMISSION) || context.hasScope('courseRevenue');
    return isAllowed ? countCourseRevenue(context.em, span) : Promise.resolve(null);
  }

  /** What the platform earned and spent, by month. @throws BAD_USER_INPUT for a span that is none or longer than ten years */
  profit(context: RequestContext, span: Span): Promise<MonthFigures[]> {
    const length = span.to.getTime() - span.from.getTime();
    if (length <= 0 || length > MOST_MS) throw badUserInput('`to` must come after `from`, ten years at most');
    return profitByMonth(context.em, span);
  }
}

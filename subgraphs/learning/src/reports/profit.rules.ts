const DAYS_A_MONTH = 30.4375;
const MINUTES = 60;

/** What the school costs, in minor units of one currency. */
export interface Costs {
  currency: string;
  supportHourMinor: number;
  acquisitionMinor: number;
  monthlyMinor: number;
}

/** What was done within a span of days. */
export interface Effort {
  days: number;
  supportMinutes: number;
  newStudents: number;
  /** Students with a course that goes on: the mean of the days. */
  learning: number;
}

/** What a span cost, in minor units. */
export interface Spent {
  support: number;
  acquisition: number;
  running: number;
  total: number;
}

/** What a span cost. */
export function spend(costs: Costs, { days, supportMinutes, newStudents }: Effort): Spent {
  const support = Math.round((costs.supportHourMinor * supportMinutes) / MINUTES);
  const acquisition = costs.acquisitionMinor * newStudents;
  const running = Math.round((costs.monthlyMinor * days) / DAYS_A_MONTH);
  return { support, acquisition, running, total: support + acquisition + running };
}

/**
 * After how many days a student has paid what it cost to win them: the cost of winning one, divided by what one who learns earns
 * a day after support and running costs. Null when they earn nothing, or nobody learns.
 */
export function paybackDays(costs: Costs, effort: Effort, revenue: number): number | null {
  const { support, running } = spend(costs, effort);
  const aDay = (revenue - support - running) / effort.days / effort.learning;
  return Number.isFinite(aDay) && aDay > 0 ? Math.ceil(costs.acquisitionMinor / aDay) : null;
}

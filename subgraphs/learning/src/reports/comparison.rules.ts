import type { DailyMetrics } from './daily-metrics.entity.js';

/** What two periods are compared by. */
export const comparedMetrics = [
  'RETENTION',
  'ACTIVE_SHARE',
  'NEW_STUDENTS_A_MONTH',
  'COMPLETIONS_A_MONTH',
  'DROPOUTS_A_MONTH',
  'LESSONS_A_STUDENT',
  'AI_RESOLUTION',
  'ANSWER_SECONDS',
  'HAND_OVER_MINUTES',
  'SUPPORT_HOURS_A_WEEK',
] as const;
/** @see comparedMetrics */
export type ComparedMetric = (typeof comparedMetrics)[number];

/** Those of which less is better. */
const LESS_IS_BETTER: ReadonlySet<ComparedMetric> = new Set([
  'DROPOUTS_A_MONTH',
  'ANSWER_SECONDS',
  'HAND_OVER_MINUTES',
  'SUPPORT_HOURS_A_WEEK',
]);
const DAYS_A_MONTH = 30.4375;

/** One metric of two periods. */
export interface Comparison {
  metric: ComparedMetric;
  /** Null when the period says nothing about it. */
  before: number | null;
  after: number | null;
  /** In percent of `before`; null without it. */
  changePercent: number | null;
  /** Null when it is the same, or not known. */
  isBetter: boolean | null;
}

/** Every metric of a period, to two decimals; null for what its days say nothing about. */
export function measure(days: readonly DailyMetrics[]): Record<ComparedMetric, number | null> {
  const sum = (of: (day: DailyMetrics) => number) => days.reduce((total, day) => total + of(day), 0);
  const mean = (
    of: (day: DailyMetrics) => number | null | undefined,
    weight: (day: DailyMetrics) => number = () => 1,
  ) => {
    const known = days.filter((day) => of(day) != null && weight(day) > 0);
    const weights = known.reduce((total, day) => total + weight(day), 0);
    return ratio(
      known.reduce((total, day) => total + (of(day) ?? 0) * weight(day), 0),
      weights,
    );
  };
  const aMonth = (of: (day: DailyMetrics) => number) =>
    days.length === 0 ? null : (sum(of) / days.length) * DAYS_A_MONTH;
  const learning = ratio(
    sum((day) => day.learning),
    days.length,
  );
  const all: Record<ComparedMetric, number | null> = {
    RETENTION: mean((day) => day.retentionPercent),
    ACTIVE_SHARE: ratio(
      100 * sum((day) => day.activeStudents),
      sum((day) => day.learning),
    ),
    NEW_STUDENTS_A_MONTH: aMonth((day) => day.newStudents),
    COMPLETIONS_A_MONTH: aMonth((day) => day.completed),
    DROPOUTS_A_MONTH: aMonth((day) => day.dropped),
    LESSONS_A_STUDENT: learning
      ? ratio(
          sum((day) => day.lessonsCompleted),
          learning,
        )
      : null,
    AI_RESOLUTION: ratio(
      100 * sum((day) => day.resolvedAnswers),
      sum((day) => day.aiAnswers),
    ),
    ANSWER_SECONDS: scale(
      mean(
        (day) => day.answerMs,
        (day) => day.aiAnswers,
      ),
      1 / 1_000,
    ),
    HAND_OVER_MINUTES: mean(
      (day) => day.takenMinutes,
      (day) => day.handOvers,
    ),
    SUPPORT_HOURS_A_WEEK: days.length === 0 ? null : (sum((day) => day.supportMinutes) / 60 / days.length) * 7,
  };
  return Object.fromEntries(
    Object.entries(all).map(([metric, value]) => [metric, value === null ? null : Math.round(value * 100) / 100]),
  ) as Record<ComparedMetric, number | null>;
}

/** Two periods, metric by metric. */
export function compare(before: readonly DailyMetrics[], after: readonly DailyMetrics[]): Comparison[] {
  const [earlier, later] = [measure(before), measure(after)];
  return comparedMetrics.map((metric) => {
    const [from, to] = [earlier[metric], later[metric]];
    const isKnown = from !== null && to !== null;
    return {
      metric,
      before: from,
      after: to,
      changePercent: isKnown && from !== 0 ? Math.round(((to - from) / from) * 1_000) / 10 : null,
      isBetter: !isKnown || from === to ? null : LESS_IS_BETTER.has(metric) ? to < from : to > from,
    };
  });
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function scale(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

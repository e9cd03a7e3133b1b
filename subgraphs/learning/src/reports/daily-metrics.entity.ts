import { defineEntity, p } from '@mikro-orm/core';

const DailyMetricsSchema = defineEntity({
  name: 'DailyMetrics',
  tableName: 'daily_metrics',
  checks: [
    {
      name: 'daily_metrics_shares_check',
      expression: `(retention_percent is null or retention_percent between 0 and 100) and resolved_answers <= ai_answers`,
    },
  ],
  properties: {
    /** By UTC. */
    day: p.date().primary(),
    /** At its end. */
    students: p.integer(),
    newStudents: p.integer(),
    activeStudents: p.integer(),
    /** Students with a course that goes on, at its end. */
    learning: p.integer(),
    /** Null for days that were counted afterwards: how somebody stood is not kept. */
    atRisk: p.integer().nullable(),
    started: p.integer(),
    completed: p.integer(),
    dropped: p.integer(),
    lessonsCompleted: p.integer(),
    homeworkSubmitted: p.integer(),
    homeworkReviewed: p.integer(),
    aiAnswers: p.integer(),
    resolvedAnswers: p.integer(),
    /** Median, in milliseconds. */
    answerMs: p.integer().nullable(),
    handOvers: p.integer(),
    /** Median time until a curator took what was handed over that day, in minutes. */
    takenMinutes: p.integer().nullable(),
    /** From taking to closing what was closed that day, two hours at most each. */
    supportMinutes: p.integer(),
    /** Of those who were active six to four weeks before, who was in the last two weeks, or has completed a course since. */
    retentionPercent: p.integer().nullable(),
    computedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Figures of one day. */
export class DailyMetrics extends DailyMetricsSchema.class {}
DailyMetricsSchema.setClass(DailyMetrics);

const SchoolCostsSchema = defineEntity({
  name: 'SchoolCosts',
  tableName: 'school_costs',
  checks: [
    {
      name: 'school_costs_amounts_check',
      expression: `support_hour_minor >= 0 and acquisition_minor >= 0 and monthly_minor >= 0`,
    },
    { name: 'school_costs_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'school_costs_only_check', expression: `id` },
  ],
  properties: {
    /** There is one row. */
    id: p.boolean().primary(),
    currency: p.text(),
    /** What an hour of support costs. */
    supportHourMinor: p.bigint('number'),
    /** What it costs to win one student. */
    acquisitionMinor: p.bigint('number'),
    /** What the school costs each month besides. */
    monthlyMinor: p.bigint('number'),
    updatedBy: p.uuid().nullable(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What the school costs, as staff says: profit is counted with it. */
export class SchoolCosts extends SchoolCostsSchema.class {}
SchoolCostsSchema.setClass(SchoolCosts);

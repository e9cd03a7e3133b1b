import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { Student } from '../students/student.entity.js';
import { type RiskLevel, type RiskModelStatus, riskLevels, riskModelStatuses } from './risk.rules.js';
import type { RiskFigures, RiskModel } from './risk-model.js';
import type { RiskReason } from './risk-reasons.js';

const RiskModelRowSchema = defineEntity({
  name: 'RiskModelRow',
  tableName: 'risk_models',
  indexes: [
    {
      name: 'risk_models_one_running',
      expression: `create unique index risk_models_one_running on learning.risk_models (status) where status = 'RUNNING'`,
    },
    { name: 'risk_models_newest', properties: ['trainedAt', 'id'] },
  ],
  properties: {
    id: p.uuid().primary(),
    status: p.enum(riskModelStatuses).$type<RiskModelStatus>(),
    model: p.json<RiskModel>().lazy(),
    /** On students who were kept aside. */
    figures: p.json<RiskFigures>(),
    /** Of the model that ran then, on the same students. */
    comparedWith: p.json<RiskFigures>(),
    trainedAt: p.datetime().columnType('timestamptz'),
    /** Whoever wanted it; null when the job did, and once they are erased. */
    trainedBy: p.uuid().nullable(),
  },
});

/** A model of risk that was trained on the school's own outcomes. */
export class RiskModelRow extends RiskModelRowSchema.class {}
RiskModelRowSchema.setClass(RiskModelRow);

const RiskScoreSchema = defineEntity({
  name: 'RiskScore',
  tableName: 'risk_scores',
  indexes: [
    { name: 'risk_scores_highest', properties: ['level', 'score', 'enrollmentId'] },
    { name: 'risk_scores_of_student', properties: ['studentId'] },
  ],
  checks: [{ name: 'risk_scores_score_check', expression: `score between 0 and 100` }],
  properties: {
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade').primary(),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    /** The probability of not completing the course, in percent. */
    score: p.integer(),
    level: p.enum(riskLevels).$type<RiskLevel>(),
    /** The strongest first; empty for a low risk. */
    reasons: p.json<readonly RiskReason[]>(),
    /** Null for the model that comes with the program. */
    modelId: () => p.manyToOne(RiskModelRow).mapToPk().fieldName('model_id').deleteRule('set null').nullable(),
    scoredAt: p.datetime().columnType('timestamptz'),
    /** When it was told last that they are at risk. */
    alarmedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** How likely it is that somebody does not complete a course that they learn now. */
export class RiskScore extends RiskScoreSchema.class {
  declare [PrimaryKeyProp]?: 'enrollmentId';
}
RiskScoreSchema.setClass(RiskScore);

const RiskDaySchema = defineEntity({
  name: 'RiskDay',
  tableName: 'risk_days',
  indexes: [{ name: 'risk_days_of_day', properties: ['day', 'score'] }],
  properties: {
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade').primary(),
    /** In UTC. */
    day: p.date().primary(),
    score: p.integer(),
    level: p.enum(riskLevels).$type<RiskLevel>(),
  },
});

/** The last risk of an enrolment on one day. */
export class RiskDay extends RiskDaySchema.class {
  declare [PrimaryKeyProp]?: ['enrollmentId', 'day'];
}
RiskDaySchema.setClass(RiskDay);

const RiskDueSchema = defineEntity({
  name: 'RiskDue',
  tableName: 'risk_due',
  properties: {
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade').primary(),
    /** Since when something has happened that the score does not know of. */
    dueAt: p.datetime().columnType('timestamptz'),
  },
});

/** An enrolment that is to be scored soon. */
export class RiskDue extends RiskDueSchema.class {
  declare [PrimaryKeyProp]?: 'enrollmentId';
}
RiskDueSchema.setClass(RiskDue);

const RiskThresholdsRowSchema = defineEntity({
  name: 'RiskThresholdsRow',
  tableName: 'risk_thresholds',
  indexes: [{ name: 'risk_thresholds_newest', properties: ['setAt', 'id'] }],
  checks: [
    {
      name: 'risk_thresholds_order_check',
      expression: `watch_from between 1 and 99 and at_risk_from between 2 and 100 and watch_from < at_risk_from`,
    },
    { name: 'risk_thresholds_quiet_check', expression: `quiet_days between 0 and 90` },
  ],
  properties: {
    id: p.uuid().primary(),
    watchFrom: p.integer(),
    atRiskFrom: p.integer(),
    quietDays: p.integer(),
    setAt: p.datetime().columnType('timestamptz'),
  },
});

/** From which scores on the school does something since a moment; the newest row holds. */
export class RiskThresholdsRow extends RiskThresholdsRowSchema.class {}
RiskThresholdsRowSchema.setClass(RiskThresholdsRow);

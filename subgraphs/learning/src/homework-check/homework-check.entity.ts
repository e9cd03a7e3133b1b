import { defineEntity, p } from '@mikro-orm/core';
import { Submission } from '../submissions/submission.entity.js';
import type { CheckDoubt, CheckedEdit, CriterionScore } from './homework-check.rules.js';

const HomeworkCheckSchema = defineEntity({
  name: 'HomeworkCheck',
  tableName: 'homework_checks',
  checks: [{ name: 'homework_checks_confidence_check', expression: `confidence between 0 and 1` }],
  properties: {
    submissionId: () => p.manyToOne(Submission).mapToPk().fieldName('submission_id').deleteRule('cascade').primary(),
    /** What checked the English; null when there was none to check. */
    checker: p.text().nullable(),
    /** The model that judged, too; null when none did. */
    model: p.text().nullable(),
    /** True when no model could be asked, so that what the local checker says stands. */
    degraded: p.boolean(),
    /** The sum over the rubric; null unless every criterion has one. */
    score: p.integer().nullable(),
    /** Of the least sure criterion, 0 to 1. */
    confidence: p.double(),
    scores: p.json<readonly CriterionScore[]>(),
    edits: p.json<readonly CheckedEdit[]>(),
    /** A word for the student; null without a model. */
    summary: p.text().nullable(),
    doubts: p.json<readonly CheckDoubt[]>(),
    checkedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What the program found in a submission. */
export class HomeworkCheck extends HomeworkCheckSchema.class {}
HomeworkCheckSchema.setClass(HomeworkCheck);

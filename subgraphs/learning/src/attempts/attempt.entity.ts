import { defineEntity, p } from '@mikro-orm/core';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import type { Answer } from '../questions/answer.rules.js';
import { QuestionRevision } from '../questions/question.entity.js';
import { Test } from '../tests/test.entity.js';
import { type AttemptStatus, attemptStatuses } from './attempt.rules.js';

const AttemptSchema = defineEntity({
  name: 'Attempt',
  tableName: 'attempts',
  indexes: [
    {
      name: 'attempts_one_running',
      expression: `create unique index attempts_one_running on learning.attempts (enrollment_id, test_id) where status = 'RUNNING'`,
    },
    {
      name: 'attempts_deadlines',
      expression: `create index attempts_deadlines on learning.attempts (deadline_at) where status = 'RUNNING'`,
    },
    { name: 'attempts_of_test', properties: ['testId'] },
    { name: 'attempts_newest', properties: ['startedAt', 'id'] },
  ],
  uniques: [{ name: 'attempts_number_unique', properties: ['enrollmentId', 'testId', 'number'] }],
  checks: [
    {
      name: 'attempts_closed_check',
      expression: `(status = 'RUNNING') = (closed_at is null) and (closed_at is null) = (earned is null) and (closed_at is null) = (possible is null) and (closed_at is null) = (percent is null) and (closed_at is null) = (passed is null)`,
    },
    { name: 'attempts_percent_check', expression: `percent between 0 and 100` },
    { name: 'attempts_expired_check', expression: `status <> 'EXPIRED' or deadline_at is not null` },
  ],
  properties: {
    id: p.uuid().primary(),
    testId: () => p.manyToOne(Test).mapToPk().fieldName('test_id').deleteRule('restrict'),
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade'),
    /** 1, 2, … of this student at this test. */
    number: p.integer(),
    status: p.enum(attemptStatuses).$type<AttemptStatus>(),
    /** What its questions and options are shuffled by; no client sees it. */
    seed: p.text(),
    startedAt: p.datetime().columnType('timestamptz'),
    /** Null without a time limit. */
    deadlineAt: p.datetime().columnType('timestamptz').nullable(),
    /** When it was submitted, or its time was over. */
    closedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Hundredths of points. */
    earned: p.integer().nullable(),
    /** Hundredths of points. */
    possible: p.integer().nullable(),
    percent: p.integer().nullable(),
    passed: p.boolean().nullable(),
  },
});

/** A student's attempt at a test. */
export class Attempt extends AttemptSchema.class {}
AttemptSchema.setClass(Attempt);

const AttemptQuestionSchema = defineEntity({
  name: 'AttemptQuestion',
  tableName: 'attempt_questions',
  indexes: [{ name: 'attempt_questions_of_revision', properties: ['revisionId'] }],
  uniques: [
    { name: 'attempt_questions_position_unique', properties: ['attemptId', 'position'] },
    { name: 'attempt_questions_revision_unique', properties: ['attemptId', 'revisionId'] },
  ],
  properties: {
    /** Random, so that it says nothing about the order in which questions were written. */
    id: p.uuid().primary(),
    attemptId: () => p.manyToOne(Attempt).mapToPk().fieldName('attempt_id').deleteRule('cascade'),
    /** 1, 2, … as the student sees them. */
    position: p.integer(),
    revisionId: () => p.manyToOne(QuestionRevision).mapToPk().fieldName('revision_id').deleteRule('restrict'),
    answer: p.json<Answer>().nullable(),
    /** The client's number of the answer that is kept: a later one has a greater. */
    sequence: p.bigint('number').default(0),
    answeredAt: p.datetime().columnType('timestamptz').nullable(),
    /** Hundredths of points; null while it is not graded. */
    earned: p.integer().nullable(),
  },
});

/** A question of an attempt, as it was when the attempt began, and what was answered. */
export class AttemptQuestion extends AttemptQuestionSchema.class {}
AttemptQuestionSchema.setClass(AttemptQuestion);

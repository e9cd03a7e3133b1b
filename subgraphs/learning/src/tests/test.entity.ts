import { defineEntity, p } from '@mikro-orm/core';
import { Lesson } from '../lessons/lesson.entity.js';
import { Question, QuestionBank } from '../questions/question.entity.js';
import { type CountingRule, countingRules, type ReviewRule, reviewRules } from './test.rules.js';

const TestSchema = defineEntity({
  name: 'Test',
  tableName: 'tests',
  uniques: [{ name: 'tests_lesson_unique', properties: ['lessonId'] }],
  checks: [
    { name: 'tests_passing_check', expression: `passing_percent between 1 and 100` },
    { name: 'tests_limit_check', expression: `time_limit_minutes between 1 and 1440` },
    { name: 'tests_attempts_check', expression: `max_attempts between 1 and 100` },
    { name: 'tests_pause_check', expression: `retake_pause_minutes between 0 and 43200` },
  ],
  properties: {
    id: p.uuid().primary(),
    lessonId: () => p.manyToOne(Lesson).mapToPk().fieldName('lesson_id').deleteRule('cascade'),
    passingPercent: p.integer().default(70),
    /** Null: as long as one likes. */
    timeLimitMinutes: p.integer().nullable(),
    /** Null: as often as one likes. */
    maxAttempts: p.integer().nullable(),
    /** Between the end of one attempt and the beginning of the next. */
    retakePauseMinutes: p.integer().default(0),
    counting: p.enum(countingRules).$type<CountingRule>(),
    review: p.enum(reviewRules).$type<ReviewRule>(),
    shufflesQuestions: p.boolean().default(true),
    shufflesOptions: p.boolean().default(true),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** How a lesson of a version of a course is tested. It changes only while the version is a draft. */
export class Test extends TestSchema.class {}
TestSchema.setClass(Test);

const TestItemSchema = defineEntity({
  name: 'TestItem',
  tableName: 'test_items',
  indexes: [
    {
      name: 'test_items_question_unique',
      expression: `create unique index test_items_question_unique on learning.test_items (test_id, question_id) where question_id is not null`,
    },
    { name: 'test_items_of_question', properties: ['questionId'] },
    { name: 'test_items_of_bank', properties: ['bankId'] },
  ],
  uniques: [{ name: 'test_items_position_unique', properties: ['testId', 'position'] }],
  checks: [
    {
      name: 'test_items_either_check',
      expression: `(question_id is null) = (bank_id is not null) and (bank_id is null) = (count is null) and (bank_id is not null or tag is null)`,
    },
    { name: 'test_items_count_check', expression: `count between 1 and 50` },
  ],
  properties: {
    id: p.uuid().primary(),
    testId: () => p.manyToOne(Test).mapToPk().fieldName('test_id').deleteRule('cascade'),
    /** 1, 2, … within the test. */
    position: p.integer(),
    questionId: () => p.manyToOne(Question).mapToPk().fieldName('question_id').deleteRule('restrict').nullable(),
    bankId: () => p.manyToOne(QuestionBank).mapToPk().fieldName('bank_id').deleteRule('restrict').nullable(),
    /** Only questions with this tag are drawn; null: any. */
    tag: p.text().nullable(),
    /** How many are drawn. */
    count: p.integer().nullable(),
  },
});

/** A part of a test: one question, or some that are drawn from a bank for each attempt. */
export class TestItem extends TestItemSchema.class {}
TestItemSchema.setClass(TestItem);

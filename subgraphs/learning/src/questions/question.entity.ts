import { defineEntity, p } from '@mikro-orm/core';
import { Course } from '../courses/course.entity.js';
import { type QuestionContent, type QuestionKind, questionKinds } from './question.rules.js';

const QuestionBankSchema = defineEntity({
  name: 'QuestionBank',
  tableName: 'question_banks',
  indexes: [
    {
      name: 'question_banks_title_unique',
      expression: `create unique index question_banks_title_unique on learning.question_banks (course_id, lower(title))`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    courseId: () => p.manyToOne(Course).mapToPk().fieldName('course_id').deleteRule('cascade'),
    title: p.text(),
    description: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Questions of a course, of which tests are made. */
export class QuestionBank extends QuestionBankSchema.class {}
QuestionBankSchema.setClass(QuestionBank);

const QuestionSchema = defineEntity({
  name: 'Question',
  tableName: 'questions',
  indexes: [{ name: 'questions_of_bank', properties: ['bankId', 'createdAt', 'id'] }],
  checks: [{ name: 'questions_revision_check', expression: `revision >= 1` }],
  properties: {
    id: p.uuid().primary(),
    bankId: () => p.manyToOne(QuestionBank).mapToPk().fieldName('bank_id').deleteRule('cascade'),
    /** In lower case; tests draw by them. */
    tags: p.array().columnType('text[]'),
    /** Number of the revision that new attempts get. */
    revision: p.integer(),
    /** New attempts do not get it any more. */
    retiredAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A question, whatever it said at some time. */
export class Question extends QuestionSchema.class {}
QuestionSchema.setClass(Question);

const QuestionRevisionSchema = defineEntity({
  name: 'QuestionRevision',
  tableName: 'question_revisions',
  uniques: [{ name: 'question_revisions_number_unique', properties: ['questionId', 'number'] }],
  checks: [
    { name: 'question_revisions_points_check', expression: `points between 1 and 100` },
    { name: 'question_revisions_content_check', expression: `content ->> 'kind' = kind` },
  ],
  properties: {
    id: p.uuid().primary(),
    questionId: () => p.manyToOne(Question).mapToPk().fieldName('question_id').deleteRule('cascade'),
    /** 1, 2, … within the question. */
    number: p.integer(),
    kind: p.enum(questionKinds).$type<QuestionKind>(),
    prompt: p.text(),
    points: p.integer(),
    explanation: p.text().nullable(),
    content: p.json<QuestionContent>(),
    /** Who wrote it; null once erased, and of what came with the program. */
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a question says, from one edit to the next. It never changes: attempts keep the one that they began with. */
export class QuestionRevision extends QuestionRevisionSchema.class {}
QuestionRevisionSchema.setClass(QuestionRevision);

import { defineEntity, p } from '@mikro-orm/core';
import { Lesson } from '../lessons/lesson.entity.js';
import type { RubricCriterion } from './homework.rules.js';

const HomeworkSchema = defineEntity({
  name: 'Homework',
  tableName: 'homework',
  indexes: [{ name: 'homework_of_lineage', properties: ['lineageId'] }],
  uniques: [{ name: 'homework_position_unique', properties: ['lessonId', 'position'], deferMode: 'deferred' }],
  checks: [
    { name: 'homework_due_check', expression: `due_days between 1 and 365` },
    { name: 'homework_score_check', expression: `max_score between 1 and 1000` },
    { name: 'homework_pass_check', expression: `pass_percent between 1 and 100` },
    { name: 'homework_words_check', expression: `min_words is null or min_words > 0` },
  ],
  properties: {
    id: p.uuid().primary(),
    lessonId: () => p.manyToOne(Lesson).mapToPk().fieldName('lesson_id').deleteRule('cascade'),
    /** The same in every version of the course. */
    lineageId: p.uuid(),
    /** 1, 2, … within the lesson. */
    position: p.integer(),
    title: p.text(),
    /** Markdown. */
    instructions: p.text(),
    /** For how many days it waits from the moment when the lesson is begun. */
    dueDays: p.integer(),
    maxScore: p.integer(),
    /** Which share of the most passes. */
    passPercent: p.integer(),
    /** How many words are expected; null means any number. */
    minWords: p.integer().nullable(),
    rubric: p.json<readonly RubricCriterion[]>(),
    /** Must it be done before the lesson counts as completed? */
    isRequired: p.boolean(),
    /** Is the English in it checked? */
    checksEnglish: p.boolean(),
  },
});

/** What is to be done at home, in one version of a course. */
export class Homework extends HomeworkSchema.class {}
HomeworkSchema.setClass(Homework);

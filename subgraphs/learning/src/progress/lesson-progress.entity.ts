import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { Lesson } from '../lessons/lesson.entity.js';
import { type LessonProgressStatus, lessonProgressStatuses } from './lesson-progress.rules.js';

const LessonProgressSchema = defineEntity({
  name: 'LessonProgress',
  tableName: 'lesson_progress',
  indexes: [{ name: 'lesson_progress_of_lesson', properties: ['lessonId'] }],
  checks: [
    { name: 'lesson_progress_completed_check', expression: `(status = 'COMPLETED') = (completed_at is not null)` },
  ],
  properties: {
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade').primary(),
    lessonId: () => p.manyToOne(Lesson).mapToPk().fieldName('lesson_id').deleteRule('cascade').primary(),
    status: p.enum(lessonProgressStatuses).$type<LessonProgressStatus>(),
    startedAt: p.datetime().columnType('timestamptz'),
    completedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** How far somebody is with a lesson that they have begun. */
export class LessonProgress extends LessonProgressSchema.class {
  declare [PrimaryKeyProp]?: ['enrollmentId', 'lessonId'];
}
LessonProgressSchema.setClass(LessonProgress);

import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { Student } from './student.entity.js';

const ActivityDaySchema = defineEntity({
  name: 'ActivityDay',
  tableName: 'activity_days',
  indexes: [{ name: 'activity_days_of_day', properties: ['day'] }],
  properties: {
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade').primary(),
    /** In UTC. */
    day: p.date().primary(),
    lessons: p.integer().default(0),
    tests: p.integer().default(0),
    homework: p.integer().default(0),
    cards: p.integer().default(0),
    questions: p.integer().default(0),
  },
});

/** How much somebody did on one day. */
export class ActivityDay extends ActivityDaySchema.class {
  declare [PrimaryKeyProp]?: ['studentId', 'day'];
}
ActivityDaySchema.setClass(ActivityDay);

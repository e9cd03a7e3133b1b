import { defineEntity, p } from '@mikro-orm/core';
import { Course } from '../courses/course.entity.js';

const CohortSchema = defineEntity({
  name: 'Cohort',
  tableName: 'cohorts',
  indexes: [
    { name: 'cohorts_of_course', properties: ['courseId', 'startsOn', 'id'] },
    { name: 'cohorts_of_curator', properties: ['curatorId'] },
  ],
  checks: [
    { name: 'cohorts_capacity_check', expression: `capacity is null or capacity between 1 and 10000` },
    {
      name: 'cohorts_seats_check',
      expression: `member_count >= 0 and (capacity is null or member_count <= capacity)`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    courseId: () => p.manyToOne(Course).mapToPk().fieldName('course_id').deleteRule('cascade'),
    title: p.text(),
    /** The curator's account. */
    curatorId: p.uuid().nullable(),
    startsOn: p.date(),
    /** How many may belong to it; null means any number. */
    capacity: p.integer().nullable(),
    /** Enrolments that belong to it and were not dropped. A trigger counts them, whoever writes. */
    memberCount: p.integer().default(0),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Students who go through a course together, with their curator. */
export class Cohort extends CohortSchema.class {}
CohortSchema.setClass(Cohort);

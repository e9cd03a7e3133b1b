import { defineEntity, p } from '@mikro-orm/core';
import { type StudentSource, type StudentStatus, studentSources, studentStatuses } from './student.rules.js';

const StudentSchema = defineEntity({
  name: 'Student',
  tableName: 'students',
  indexes: [
    { name: 'students_newest', properties: ['createdAt', 'id'] },
    { name: 'students_of_status', properties: ['status', 'createdAt', 'id'] },
    {
      name: 'students_unclaimed_email_unique',
      expression: `create unique index students_unclaimed_email_unique on learning.students (lower(email)) where user_id is null and email is not null`,
    },
  ],
  uniques: [
    { name: 'students_user_unique', properties: ['userId'] },
    { name: 'students_external_unique', properties: ['externalId'] },
  ],
  checks: [{ name: 'students_claimed_check', expression: `user_id is null or email is null` }],
  properties: {
    id: p.uuid().primary(),
    /** The account; null until somebody claims who was imported or invited. */
    userId: p.uuid().nullable(),
    /** What the school calls them; accounts knows what they call themselves. */
    name: p.text().nullable(),
    /** What they call themselves: a copy of accounts', to find them by. */
    accountName: p.text().nullable(),
    /** By which they are found when they come; empty once claimed. */
    email: p.text().nullable(),
    /** Who they are in the school's former system, such as GetCourse. */
    externalId: p.text().nullable(),
    source: p.enum(studentSources).$type<StudentSource>(),
    status: p.enum(studentStatuses).$type<StudentStatus>(),
    /** Null until they do something for the first time. */
    lastActiveAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Somebody who learns in the school. */
export class Student extends StudentSchema.class {}
StudentSchema.setClass(Student);

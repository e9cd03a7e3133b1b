import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { Cohort } from '../cohorts/cohort.entity.js';
import { Course } from '../courses/course.entity.js';
import { Student } from '../students/student.entity.js';
import {
  type ExchangeChangeKind,
  type ExchangeStatus,
  exchangeChangeKinds,
  exchangeStatuses,
  type LeftOutReason,
  leftOutReasons,
} from './exchange.rules.js';

const GetCourseLinkSchema = defineEntity({
  name: 'GetCourseLink',
  tableName: 'getcourse_links',
  indexes: [{ name: 'getcourse_links_of_course', properties: ['courseId'] }],
  uniques: [{ name: 'getcourse_links_once_unique', properties: ['groupId', 'courseId'] }],
  properties: {
    id: p.uuid().primary(),
    /** The group's id at GetCourse. */
    groupId: p.text(),
    courseId: () => p.manyToOne(Course).mapToPk().fieldName('course_id').deleteRule('cascade'),
    cohortId: () => p.manyToOne(Cohort).mapToPk().fieldName('cohort_id').deleteRule('set null').nullable(),
    /** The field of users there that tells how far they are; null when nothing does. */
    progressField: p.text().nullable(),
    /** The group there to which who completes the course here is added; null for none. */
    completedGroup: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A group of GetCourse whose users learn a course here. */
export class GetCourseLink extends GetCourseLinkSchema.class {}
GetCourseLinkSchema.setClass(GetCourseLink);

/** Exports that were ordered, so that a killed process does not order them twice. */
export interface OrderedExports {
  users?: string;
  /** By the group's id. */
  groups?: Record<string, string>;
}

const GetCourseExchangeSchema = defineEntity({
  name: 'GetCourseExchange',
  tableName: 'getcourse_exchanges',
  indexes: [
    { name: 'getcourse_exchanges_newest', properties: ['createdAt', 'id'] },
    {
      name: 'getcourse_exchanges_one_at_once',
      expression: `create unique index getcourse_exchanges_one_at_once on learning.getcourse_exchanges ((true)) where status in ('QUEUED', 'RUNNING')`,
    },
  ],
  checks: [
    {
      name: 'getcourse_exchanges_finished_check',
      expression: `(status in ('SUCCEEDED', 'FAILED')) = (finished_at is not null)`,
    },
    { name: 'getcourse_exchanges_failure_check', expression: `(status = 'FAILED') = (failure is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    status: p.enum(exchangeStatuses).$type<ExchangeStatus>(),
    /** Nothing is changed: only what would be is noted. */
    isDryRun: p.boolean(),
    /** Null when it is the nightly one. */
    startedBy: p.uuid().nullable(),
    exports: p.json<OrderedExports>(),
    /** How many changes are noted. */
    changeCount: p.integer().default(0),
    /** Why it failed: a code. */
    failure: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** One time that students and progress were fetched from GetCourse. */
export class GetCourseExchange extends GetCourseExchangeSchema.class {}
GetCourseExchangeSchema.setClass(GetCourseExchange);

const GetCourseChangeSchema = defineEntity({
  name: 'GetCourseChange',
  tableName: 'getcourse_changes',
  properties: {
    exchangeId: () => p.manyToOne(GetCourseExchange).mapToPk().fieldName('exchange_id').deleteRule('cascade').primary(),
    /** 1, 2, … within the exchange. */
    position: p.integer().primary(),
    kind: p.enum(exchangeChangeKinds).$type<ExchangeChangeKind>(),
    /** Who it is at GetCourse. */
    externalId: p.text(),
    courseId: p.uuid().nullable(),
    /** Of PROGRESS: how many lessons are completed after it. */
    lessons: p.integer().nullable(),
    /** Of LEAVE_OUT. */
    reason: p.enum(leftOutReasons).$type<LeftOutReason>().nullable(),
  },
});

/** Something that an exchange changed, or would have. */
export class GetCourseChange extends GetCourseChangeSchema.class {
  declare [PrimaryKeyProp]?: ['exchangeId', 'position'];
}
GetCourseChangeSchema.setClass(GetCourseChange);

const GetCoursePersonSchema = defineEntity({
  name: 'GetCoursePerson',
  tableName: 'getcourse_people',
  properties: {
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade').primary(),
    /** By which GetCourse finds them. */
    email: p.text(),
  },
});

/** How a student is called at GetCourse; for what they are told there. */
export class GetCoursePerson extends GetCoursePersonSchema.class {
  declare [PrimaryKeyProp]?: 'studentId';
}
GetCoursePersonSchema.setClass(GetCoursePerson);

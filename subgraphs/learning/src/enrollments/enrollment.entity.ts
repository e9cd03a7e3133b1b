import { defineEntity, p } from '@mikro-orm/core';
import { Cohort } from '../cohorts/cohort.entity.js';
import { Course, CourseVersion } from '../courses/course.entity.js';
import { Student } from '../students/student.entity.js';
import { type StudentSource, studentSources } from '../students/student.rules.js';
import { type EnrollmentStatus, enrollmentStatuses } from './enrollment.rules.js';

const EnrollmentSchema = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollments',
  indexes: [
    { name: 'enrollments_of_student', properties: ['studentId', 'enrolledAt', 'id'] },
    { name: 'enrollments_of_course', properties: ['courseId', 'status', 'enrolledAt', 'id'] },
    { name: 'enrollments_of_cohort', properties: ['cohortId', 'status'] },
  ],
  uniques: [{ name: 'enrollments_once_unique', properties: ['studentId', 'courseId'] }],
  checks: [
    { name: 'enrollments_percent_check', expression: `percent between 0 and 100` },
    { name: 'enrollments_completed_check', expression: `(status = 'COMPLETED') = (completed_at is not null)` },
    { name: 'enrollments_dropped_check', expression: `(status = 'DROPPED') = (dropped_at is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    courseId: () => p.manyToOne(Course).mapToPk().fieldName('course_id').deleteRule('restrict'),
    /** What they learn, whatever is published later. */
    versionId: () => p.manyToOne(CourseVersion).mapToPk().fieldName('version_id').deleteRule('restrict'),
    cohortId: () => p.manyToOne(Cohort).mapToPk().fieldName('cohort_id').deleteRule('set null').nullable(),
    status: p.enum(enrollmentStatuses).$type<EnrollmentStatus>(),
    source: p.enum(studentSources).$type<StudentSource>(),
    /** What was paid for it, if anything: the payment of the payments room. */
    paymentId: p.uuid().nullable(),
    /** Share of the lessons that must be completed and are, rounded down. */
    percent: p.integer().default(0),
    enrolledAt: p.datetime().columnType('timestamptz'),
    /** The first lesson was begun. */
    startedAt: p.datetime().columnType('timestamptz').nullable(),
    completedAt: p.datetime().columnType('timestamptz').nullable(),
    droppedAt: p.datetime().columnType('timestamptz').nullable(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A student in a course. */
export class Enrollment extends EnrollmentSchema.class {}
EnrollmentSchema.setClass(Enrollment);

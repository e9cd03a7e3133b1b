import { defineEntity, p } from '@mikro-orm/core';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { Homework } from '../homework/homework.entity.js';
import { Student } from '../students/student.entity.js';
import { type AssignmentStatus, assignmentStatuses } from './submission.rules.js';

const HomeworkAssignmentSchema = defineEntity({
  name: 'HomeworkAssignment',
  tableName: 'homework_assignments',
  indexes: [
    { name: 'homework_assignments_of_student', properties: ['studentId', 'dueAt', 'id'] },
    { name: 'homework_assignments_of_enrollment', properties: ['enrollmentId'] },
    { name: 'homework_assignments_by_due', properties: ['status', 'dueAt', 'id'] },
    { name: 'homework_assignments_by_submission', properties: ['status', 'submittedAt', 'id'] },
  ],
  uniques: [{ name: 'homework_assignments_once_unique', properties: ['homeworkId', 'enrollmentId'] }],
  checks: [
    {
      name: 'homework_assignments_version_check',
      expression: `(status = 'ASSIGNED') = (version = 0)`,
    },
    {
      name: 'homework_assignments_submitted_check',
      expression: `submitted_at is not null or status in ('ASSIGNED', 'DRAFT')`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    homeworkId: () => p.manyToOne(Homework).mapToPk().fieldName('homework_id').deleteRule('restrict'),
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade'),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    status: p.enum(assignmentStatuses).$type<AssignmentStatus>(),
    /** Of the newest submission, a draft included; 0 before the first. */
    version: p.integer().default(0),
    assignedAt: p.datetime().columnType('timestamptz'),
    dueAt: p.datetime().columnType('timestamptz'),
    /** When something was handed in last. */
    submittedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Was what was handed in last late? */
    isLate: p.boolean().default(false),
    /** Of what was handed in last: what a curator gave, else what the check was sure of. */
    score: p.integer().nullable(),
    /** When they were told that it is due soon. */
    remindedAt: p.datetime().columnType('timestamptz').nullable(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Homework as it waits for one student. */
export class HomeworkAssignment extends HomeworkAssignmentSchema.class {}
HomeworkAssignmentSchema.setClass(HomeworkAssignment);

const HomeworkExtensionSchema = defineEntity({
  name: 'HomeworkExtension',
  tableName: 'homework_extensions',
  indexes: [{ name: 'homework_extensions_of_assignment', properties: ['assignmentId', 'createdAt', 'id'] }],
  checks: [{ name: 'homework_extensions_later_check', expression: `due_at > previous_due_at` }],
  properties: {
    id: p.uuid().primary(),
    assignmentId: () => p.manyToOne(HomeworkAssignment).mapToPk().fieldName('assignment_id').deleteRule('cascade'),
    previousDueAt: p.datetime().columnType('timestamptz'),
    dueAt: p.datetime().columnType('timestamptz'),
    reason: p.text(),
    /** The curator's account; null once it is erased. */
    grantedBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** More time that a curator gave. */
export class HomeworkExtension extends HomeworkExtensionSchema.class {}
HomeworkExtensionSchema.setClass(HomeworkExtension);

import { defineEntity, p } from '@mikro-orm/core';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';

const StudentRateSchema = defineEntity({
  name: 'StudentRate',
  tableName: 'student_rates',
  uniques: [{ name: 'student_rates_once', properties: ['tutorId', 'studentId', 'subjectId'] }],
  indexes: [{ name: 'student_rates_of_student', properties: ['studentId', 'updatedAt', 'id'] }],
  checks: [
    { name: 'student_rates_rate_check', expression: 'rate_minor >= 1 and rate_minor <= 1000000000' },
    { name: 'student_rates_proposed_check', expression: 'proposed_minor >= 1 and proposed_minor <= 1000000000' },
    { name: 'student_rates_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'student_rates_proposal_check', expression: '(proposed_minor is null) = (proposed_at is null)' },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    /** The student's account; accounts owns it. */
    studentId: p.uuid(),
    subjectId: () => p.manyToOne(Subject).mapToPk().fieldName('subject_id'),
    /** What an hour costs this student, as agreed, in minor units. */
    rateMinor: p.bigint('number'),
    currency: p.text(),
    /** What the tutor would like to have from now on; holds only once the student consents. */
    proposedMinor: p.bigint('number').nullable(),
    proposedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What an hour costs one student of one tutor in one subject: agreed with the first booking, changed by both only. */
export class StudentRate extends StudentRateSchema.class {}
StudentRateSchema.setClass(StudentRate);

import { defineEntity, p } from '@mikro-orm/core';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { type InterventionKind, interventionKinds } from '../risk/risk.rules.js';
import { Student } from '../students/student.entity.js';

const InterventionSchema = defineEntity({
  name: 'Intervention',
  tableName: 'risk_interventions',
  indexes: [
    { name: 'risk_interventions_newest', properties: ['doneAt', 'id'] },
    { name: 'risk_interventions_of_student', properties: ['studentId', 'doneAt', 'id'] },
    { name: 'risk_interventions_of_enrollment', properties: ['enrollmentId', 'doneAt'] },
  ],
  checks: [
    { name: 'risk_interventions_note_check', expression: `length(note) <= 2000` },
    { name: 'risk_interventions_score_check', expression: `score_before between 0 and 100` },
  ],
  properties: {
    id: p.uuid().primary(),
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade'),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    kind: p.enum(interventionKinds).$type<InterventionKind>(),
    /** What was said or agreed; empty once the student was erased. */
    note: p.text(),
    /** The account of who did it; null once it is erased. */
    doneBy: p.uuid().nullable(),
    doneAt: p.datetime().columnType('timestamptz'),
    /** The risk just before; null when there was no score yet. */
    scoreBefore: p.integer().nullable(),
  },
});

/** Something that staff did for a student at risk. */
export class Intervention extends InterventionSchema.class {}
InterventionSchema.setClass(Intervention);

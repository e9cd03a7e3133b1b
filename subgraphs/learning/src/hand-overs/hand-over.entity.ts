import { defineEntity, p } from '@mikro-orm/core';
import { AssistantSession } from '../assistant/assistant.entity.js';
import { Cohort } from '../cohorts/cohort.entity.js';
import { Student } from '../students/student.entity.js';
import { type HandOverStatus, handOverStatuses } from './hand-over.rules.js';

const HandOverSchema = defineEntity({
  name: 'HandOver',
  tableName: 'assistant_hand_overs',
  indexes: [
    {
      name: 'assistant_hand_overs_one_open',
      expression: `create unique index assistant_hand_overs_one_open on learning.assistant_hand_overs (session_id) where status <> 'CLOSED'`,
    },
    { name: 'assistant_hand_overs_queue', properties: ['status', 'createdAt', 'id'] },
    { name: 'assistant_hand_overs_of_student', properties: ['studentId'] },
  ],
  checks: [
    { name: 'assistant_hand_overs_taken_check', expression: `(taken_at is null) = (taken_by is null)` },
    { name: 'assistant_hand_overs_open_check', expression: `status <> 'OPEN' or taken_at is null` },
    { name: 'assistant_hand_overs_closed_check', expression: `(status = 'CLOSED') = (closed_at is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    sessionId: () => p.manyToOne(AssistantSession).mapToPk().fieldName('session_id').deleteRule('cascade'),
    /** The student who asked; null when they are none yet. */
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('set null').nullable(),
    /** The cohort whose curator is asked first. */
    cohortId: () => p.manyToOne(Cohort).mapToPk().fieldName('cohort_id').deleteRule('set null').nullable(),
    status: p.enum(handOverStatuses).$type<HandOverStatus>(),
    /** What the student adds to the conversation. */
    note: p.text().nullable(),
    takenBy: p.uuid().nullable(),
    takenAt: p.datetime().columnType('timestamptz').nullable(),
    closedBy: p.uuid().nullable(),
    closedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A conversation that waits for a curator, or did. */
export class HandOver extends HandOverSchema.class {}
HandOverSchema.setClass(HandOver);

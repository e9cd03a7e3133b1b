import { defineEntity, p } from '@mikro-orm/core';
import { Offering } from '../offerings/offering.entity.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import {
  type InterviewCanceller,
  type InterviewStatus,
  type InterviewVerdict,
  interviewCancellers,
  interviewStatuses,
  interviewVerdicts,
} from './interview.rules.js';

const TIME = 'tstzrange(starts_at, ends_at) with &&';

const InterviewSchema = defineEntity({
  name: 'Interview',
  tableName: 'interviews',
  indexes: [
    { name: 'interviews_newest', properties: ['createdAt', 'id'] },
    { name: 'interviews_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    {
      name: 'interviews_of_interviewer',
      properties: ['interviewerId', 'startsAt'],
      where: 'interviewer_id is not null',
    },
    { name: 'interviews_by_time', properties: ['startsAt'], where: 'starts_at is not null' },
    {
      name: 'interviews_passed',
      expression: `create index interviews_passed on marketplace.interviews (tutor_id, subject_id) where verdict = 'PASSED'`,
    },
    {
      name: 'interviews_live_once_per_offering',
      expression: `create unique index interviews_live_once_per_offering on marketplace.interviews (offering_id) where status in ('PENDING', 'SCHEDULED')`,
    },
    // MikroORM keeps an exclusion constraint only as an expression.
    {
      name: 'interviews_interviewer_free',
      expression: `alter table "marketplace"."interviews" add constraint "interviews_interviewer_free" exclude using gist (interviewer_id with =, ${TIME}) where (status = 'SCHEDULED')`,
    },
    {
      name: 'interviews_tutor_free',
      expression: `alter table "marketplace"."interviews" add constraint "interviews_tutor_free" exclude using gist (tutor_id with =, ${TIME}) where (status = 'SCHEDULED')`,
    },
  ],
  checks: [
    {
      name: 'interviews_live_check',
      expression: `status not in ('PENDING', 'SCHEDULED') or offering_id is not null`,
    },
    {
      name: 'interviews_times_check',
      expression: '(starts_at is null) = (ends_at is null) and ends_at > starts_at',
    },
    {
      name: 'interviews_scheduled_check',
      expression: `status not in ('SCHEDULED', 'COMPLETED') or (starts_at is not null and interviewer_id is not null)`,
    },
    { name: 'interviews_completed_check', expression: `(status = 'COMPLETED') = (verdict is not null)` },
    { name: 'interviews_rejected_check', expression: `(status = 'REJECTED') = (rejection_reason is not null)` },
    { name: 'interviews_cancelled_check', expression: `(status = 'CANCELLED') = (cancelled_by is not null)` },
    {
      name: 'interviews_words_check',
      expression:
        'length(note) <= 2000 and length(preferred_times) <= 500 and length(internal_note) <= 5000 and length(outcome_note) <= 5000 and length(rejection_reason) <= 2000 and length(cancel_reason) <= 2000',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    subjectId: () => p.manyToOne(Subject).mapToPk().fieldName('subject_id'),
    /** What it is about; null once the tutor gave that up. */
    offeringId: () => p.manyToOne(Offering).mapToPk().fieldName('offering_id').nullable().deleteRule('set null'),
    status: p.enum(interviewStatuses).$type<InterviewStatus>(),
    /** In the tutor's words: what to know, and when it would suit. */
    note: p.text().nullable(),
    preferredTimes: p.text().nullable(),
    /** For staff alone. */
    internalNote: p.text().nullable(),
    startsAt: p.datetime().columnType('timestamptz').nullable(),
    endsAt: p.datetime().columnType('timestamptz').nullable(),
    /** The member of staff who talks with the tutor; accounts owns it. */
    interviewerId: p.uuid().nullable(),
    /** Counts changes of its time and its cancellation, for calendars (RFC 5545, SEQUENCE). */
    sequence: p.integer().default(0),
    /** Counts all changes, so that nobody overwrites what they have not seen. */
    version: p.integer().default(1),
    rejectionReason: p.text().nullable(),
    verdict: p.enum(interviewVerdicts).$type<InterviewVerdict>().nullable(),
    /** For staff alone. */
    outcomeNote: p.text().nullable(),
    cancelledBy: p.enum(interviewCancellers).$type<InterviewCanceller>().nullable(),
    cancelReason: p.text().nullable(),
    /** When it was completed, rejected or cancelled. */
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The video room, as in a booking. */
    meetingProvider: p.text().nullable(),
    meetingId: p.text().nullable(),
    meetingUrl: p.text().nullable(),
    meetingSequence: p.integer().nullable(),
    meetingClaimedUntil: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A talk of staff with a tutor about one subject that the tutor teaches. */
export class Interview extends InterviewSchema.class {}
InterviewSchema.setClass(Interview);

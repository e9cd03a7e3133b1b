import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';
import {
  type CaseStatus,
  type ContentKind,
  caseStatuses,
  contentKinds,
  type Judge,
  judges,
  type Outcome,
  outcomes,
} from './moderation.states.js';

/** In partial indexes; as `waitingStatuses` in moderation.states.ts. */
const WAITING = `status in ('WAITING', 'APPEALED')`;

const ModerationCaseSchema = defineEntity({
  name: 'ModerationCase',
  tableName: 'moderation_cases',
  indexes: [
    { name: 'moderation_cases_of_author', properties: ['authorId', 'createdAt', 'id'] },
    { name: 'moderation_cases_of_target', properties: ['targetId', 'createdAt', 'id'] },
    { name: 'moderation_cases_of_tutor', properties: ['tutorId'] },
    { name: 'moderation_cases_queue', properties: ['createdAt', 'id'], where: WAITING },
    {
      name: 'moderation_cases_one_waits',
      expression: `create unique index moderation_cases_one_waits on marketplace.moderation_cases (target_id) where ${WAITING}`,
    },
  ],
  checks: [
    { name: 'moderation_cases_reason_check', expression: 'length(reason) <= 1000' },
    { name: 'moderation_cases_statement_check', expression: 'length(appeal_statement) <= 2000' },
    {
      name: 'moderation_cases_decided_check',
      expression: `status <> 'DECIDED' or (outcome is not null and decided_at is not null)`,
    },
    { name: 'moderation_cases_appealed_check', expression: `status <> 'APPEALED' or appealed_at is not null` },
  ],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(contentKinds).$type<ContentKind>(),
    /** A review, an answer or a tutor; it may be gone. */
    targetId: p.uuid(),
    /** Which version of it the case is about. */
    targetVersion: p.integer(),
    /** The account of whoever wrote it; accounts owns it. */
    authorId: p.uuid(),
    /** The tutor whom it is about, or who wrote it. */
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    /** What staff decides on, by field; empty once the author took it back or was forgotten. */
    texts: p.json<Readonly<Record<string, string>>>(),
    /** Is it kept from others until staff decides? */
    held: p.boolean(),
    /** Who or what wants staff to look at it. */
    raisedBy: p.enum(judges).$type<Judge>(),
    status: p.enum(caseStatuses).$type<CaseStatus>(),
    /** What staff decided last. */
    outcome: p.enum(outcomes).$type<Outcome>().nullable(),
    /** Why, for the author. */
    reason: p.text().nullable(),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
    /** What the author says against it; once. */
    appealStatement: p.text().nullable(),
    appealedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** One version of something that somebody wrote, at which staff has to look. */
export class ModerationCase extends ModerationCaseSchema.class {}
ModerationCaseSchema.setClass(ModerationCase);

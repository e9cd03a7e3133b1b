import { defineEntity, p } from '@mikro-orm/core';
import type { Level } from '../lessons/lesson.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';

const OfferingSchema = defineEntity({
  name: 'Offering',
  tableName: 'offerings',
  uniques: [{ name: 'offerings_subject_once', properties: ['tutorId', 'subjectId'] }],
  indexes: [{ name: 'offerings_of_subject', properties: ['subjectId', 'tutorId'] }],
  checks: [
    { name: 'offerings_rate_check', expression: 'rate_minor >= 1 and rate_minor <= 1000000000' },
    {
      name: 'offerings_levels_check',
      expression: `cardinality(levels) >= 1 and cardinality(levels) <= 5 and levels <@ array['PRIMARY_SCHOOL'::text, 'SECONDARY_SCHOOL'::text, 'EXAM'::text, 'UNIVERSITY'::text, 'ADULT'::text]`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    subjectId: () => p.manyToOne(Subject).mapToPk().fieldName('subject_id'),
    levels: p.array().columnType('text[]').$type<Level[]>(),
    /** What an hour costs, in minor units of the tutor's currency. */
    rateMinor: p.bigint('number'),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** One subject that a tutor teaches, for whom and at what price. */
export class Offering extends OfferingSchema.class {}
OfferingSchema.setClass(Offering);

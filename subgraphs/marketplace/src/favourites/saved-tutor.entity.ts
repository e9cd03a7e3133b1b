import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';

const SavedTutorSchema = defineEntity({
  name: 'SavedTutor',
  tableName: 'saved_tutors',
  uniques: [{ name: 'saved_tutors_once', properties: ['userId', 'tutorId'] }],
  indexes: [
    { name: 'saved_tutors_newest', properties: ['userId', 'createdAt', 'id'] },
    { name: 'saved_tutors_of_tutor', properties: ['tutorId'] },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Who has saved; accounts owns them. */
    userId: p.uuid(),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor whom somebody has put aside to find again. */
export class SavedTutor extends SavedTutorSchema.class {}
SavedTutorSchema.setClass(SavedTutor);

import { defineEntity, p } from '@mikro-orm/core';

const TutorChangeSchema = defineEntity({
  name: 'TutorChange',
  tableName: 'tutor_changes',
  indexes: [{ name: 'tutor_changes_oldest', properties: ['changedAt'] }],
  properties: {
    tutorId: p.uuid().primary(),
    /** The card as saved searches were last compared with it; null when there was none. */
    before: p.json<object>().nullable(),
    changedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor whose card has changed since saved searches were compared with it. A trigger of the cards writes it. */
export class TutorChange extends TutorChangeSchema.class {}
TutorChangeSchema.setClass(TutorChange);

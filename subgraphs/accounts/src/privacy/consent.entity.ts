import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';
import type { ConsentDocumentName } from './consent.documents.js';

const ConsentSchema = defineEntity({
  name: 'Consent',
  tableName: 'consents',
  indexes: [{ name: 'consents_of_user', properties: ['userId', 'recordedAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    document: p.text().$type<ConsentDocumentName>(),
    version: p.text(),
    isGranted: p.boolean(),
    recordedAt: p.datetime().columnType('timestamptz'),
    networkHash: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});

/** What somebody agreed to or no longer agrees to. Never changed: the newest of a document counts. */
export class Consent extends ConsentSchema.class {}
ConsentSchema.setClass(Consent);

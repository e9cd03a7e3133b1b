import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

const uploadStatuses = ['REQUESTED', 'PROCESSING', 'CONFIRMED', 'REFUSED'] as const;

const UploadSchema = defineEntity({
  name: 'Upload',
  tableName: 'uploads',
  indexes: [
    { name: 'uploads_of_user', properties: ['userId', 'createdAt'] },
    { name: 'uploads_unconfirmed', properties: ['createdAt'], where: `status <> 'CONFIRMED'` },
  ],
  checks: [
    { name: 'uploads_size_check', expression: 'size >= 1' },
    { name: 'uploads_confirmed_check', expression: `(status = 'CONFIRMED') = (storage_key is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    kind: p.text(),
    status: p.enum(uploadStatuses).$type<(typeof uploadStatuses)[number]>(),
    /** What the client said, then what it is. */
    contentType: p.text(),
    /** In bytes. */
    size: p.integer(),
    /** Where the client may put the file. */
    rawKey: p.text(),
    /** Where the checked file is. */
    storageKey: p.text().nullable(),
    /** Code of the reason. */
    refusal: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    /** Since when somebody checks it. */
    claimedAt: p.datetime().columnType('timestamptz').nullable(),
    confirmedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A file on its way in, or checked. */
export class Upload extends UploadSchema.class {}
UploadSchema.setClass(Upload);

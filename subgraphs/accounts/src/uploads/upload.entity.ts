import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';
import { type FinalRefusal, type UploadStatus, uploadStatuses } from './upload.rules.js';
import type { UploadKind } from './upload-kinds.js';

const UploadSchema = defineEntity({
  name: 'Upload',
  tableName: 'uploads',
  indexes: [
    { name: 'uploads_of_user', properties: ['userId', 'createdAt'] },
    { name: 'uploads_unswept', properties: ['id'], where: 'raw_key is not null' },
  ],
  checks: [
    { name: 'uploads_size_check', expression: 'size >= 1' },
    { name: 'uploads_confirmed_check', expression: `status <> 'CONFIRMED' or storage_key is not null` },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    kind: p.text().$type<UploadKind>(),
    status: p.enum(uploadStatuses).$type<UploadStatus>(),
    /** What the client said, then what it is. */
    contentType: p.text(),
    /** In bytes. */
    size: p.integer(),
    /** Where the client may put the file; null once nothing can be there any longer. */
    rawKey: p.text().nullable(),
    /** Where the checked file is; where it is being written while it is checked. */
    storageKey: p.text().nullable(),
    /** Why it is refused for good. */
    refusal: p.text().$type<FinalRefusal>().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    /** Since when somebody checks it. */
    claimedAt: p.datetime().columnType('timestamptz').nullable(),
    confirmedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A file on its way in, or checked. */
export class Upload extends UploadSchema.class {}
UploadSchema.setClass(Upload);

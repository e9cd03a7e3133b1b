import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

/** Where an archive stands. */
export const exportStatuses = ['PENDING', 'READY', 'FAILED', 'EXPIRED'] as const;

const DataExportSchema = defineEntity({
  name: 'DataExport',
  tableName: 'data_exports',
  indexes: [
    { name: 'data_exports_of_user', properties: ['userId', 'requestedAt', 'id'] },
    {
      name: 'data_exports_one_pending',
      expression: `create unique index data_exports_one_pending on accounts.data_exports (user_id) where status = 'PENDING'`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    status: p.enum(exportStatuses).$type<(typeof exportStatuses)[number]>(),
    /** Rooms whose part is awaited. */
    rooms: p.array().columnType('text[]'),
    storageKey: p.text().nullable(),
    requestedAt: p.datetime().columnType('timestamptz'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** An archive of everything that is held about somebody. */
export class DataExport extends DataExportSchema.class {}
DataExportSchema.setClass(DataExport);

const DataExportPartSchema = defineEntity({
  name: 'DataExportPart',
  tableName: 'data_export_parts',
  primaryKeys: ['exportId', 'room'],
  properties: {
    exportId: () => p.manyToOne(DataExport).mapToPk().fieldName('export_id').deleteRule('cascade').primary(),
    room: p.text().primary(),
    receivedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A room's part of an archive that has come in. */
export class DataExportPart extends DataExportPartSchema.class {}
DataExportPartSchema.setClass(DataExportPart);

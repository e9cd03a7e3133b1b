import { defineEntity, p } from '@mikro-orm/core';
import type { AuditAction } from './audit.rules.js';

const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  indexes: [
    { name: 'audit_entries_newest', properties: ['at', 'id'] },
    { name: 'audit_entries_of_actor', properties: ['actorId', 'at', 'id'] },
    { name: 'audit_entries_of_subject', properties: ['subjectId', 'at', 'id'] },
  ],
  triggers: [
    {
      name: 'audit_entries_append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'row',
      body: `raise exception 'The audit log is append-only' using errcode = 'insufficient_privilege';`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    at: p.datetime().columnType('timestamptz'),
    action: p.text().$type<AuditAction>(),
    /** Who did it; null when nobody was signed in, or the system did. */
    actorId: p.uuid().nullable(),
    /** On whom it was done. */
    subjectId: p.uuid().nullable(),
    /** The network address under a key of the person; once the key is gone it tells nothing. */
    networkHash: p.text().nullable(),
    requestId: p.text(),
    /** Ids and names of enums only. */
    details: p.json<Readonly<Record<string, unknown>>>(),
  },
});

/** One line of the audit log. The database refuses to change or remove it. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);

const AuditKeySchema = defineEntity({
  name: 'AuditKey',
  tableName: 'audit_keys',
  properties: {
    userId: p.uuid().primary(),
    /** 32 random bytes in base64. */
    key: p.text(),
  },
});

/** The key under which a person's network addresses are hashed; erasing the person destroys it. */
export class AuditKey extends AuditKeySchema.class {}
AuditKeySchema.setClass(AuditKey);

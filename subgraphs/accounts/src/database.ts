import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { AuditEntry, AuditKey } from './audit/audit-entry.entity.js';
import { VerificationCode } from './codes/verification-code.entity.js';
import { ActiveDay } from './dashboards/active-day.entity.js';
import { PendingNotice } from './notices/pending-notice.entity.js';
import { AccountDeletion, ErasedPart } from './privacy/account-deletion.entity.js';
import { Consent } from './privacy/consent.entity.js';
import { DataExport, DataExportPart } from './privacy/data-export.entity.js';
import { PermissionSet, RolePermissionSet, UserPermissionSet } from './rights/permission-set.entity.js';
import { KnownPermission, RolePermission } from './rights/role-permission.entity.js';
import { UserPermission } from './rights/user-permission.entity.js';
import { RefreshToken, Session } from './sessions/session.entity.js';
import { SigningKey } from './signing-keys/signing-key.entity.js';
import { TelegramSignIn } from './telegram/telegram-sign-in.entity.js';
import { Upload } from './uploads/upload.entity.js';
import { User } from './users/user.entity.js';

const rights = [RolePermission, KnownPermission, PermissionSet, RolePermissionSet, UserPermission, UserPermissionSet];
const privacy = [Consent, DataExport, DataExportPart, AccountDeletion, ErasedPart];

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'accounts',
  entities: [
    ...eventEntities,
    User,
    VerificationCode,
    PendingNotice,
    TelegramSignIn,
    Session,
    RefreshToken,
    SigningKey,
    ...rights,
    AuditEntry,
    AuditKey,
    Upload,
    ...privacy,
    ActiveDay,
  ],
  migrations: new URL('../migrations/', import.meta.url),
};

import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { AccountMessageResolver } from './account-messages/account-message.resolver.js';
import { AudienceResolver } from './audiences/audience.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { VerificationResolver } from './codes/verification.resolver.js';
import { DashboardResolver } from './dashboards/dashboard.resolver.js';
import { PasswordResolver } from './passwords/password.resolver.js';
import { AccountDeletionResolver } from './privacy/account-deletion.resolver.js';
import { ConsentResolver } from './privacy/consent.resolver.js';
import { DataExportResolver } from './privacy/data-export.resolver.js';
import { RightsResolver } from './rights/rights.resolver.js';
import { RolePermissionsResolver } from './rights/role-permissions.resolver.js';
import { UserPermissionsResolver } from './rights/user-permissions.resolver.js';
import { ActiveSessionResolver } from './sessions/active-session.resolver.js';
import { SessionResolver } from './sessions/session.resolver.js';
import { StaffResolver } from './staff/staff.resolver.js';
import { TelegramResolver } from './telegram/telegram.resolver.js';
import { AvatarResolver } from './uploads/avatar.resolver.js';
import { resolveUpload } from './uploads/upload.reference.js';
import { UploadResolver } from './uploads/upload.resolver.js';
import { ContactResolver } from './users/contact.resolver.js';
import { resolveUser } from './users/user.reference.js';
import { UserResolver } from './users/user.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    UserResolver,
    ContactResolver,
    VerificationResolver,
    PasswordResolver,
    SessionResolver,
    ActiveSessionResolver,
    TelegramResolver,
    StaffResolver,
    AudienceResolver,
    RightsResolver,
    RolePermissionsResolver,
    UserPermissionsResolver,
    AuditResolver,
    DashboardResolver,
    AccountMessageResolver,
    UploadResolver,
    AvatarResolver,
    ConsentResolver,
    DataExportResolver,
    AccountDeletionResolver,
  ],
  references: { User: resolveUser, Upload: resolveUpload },
};

import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { ActiveDay } from '../dashboards/active-day.entity.js';
import { PermissionSet, UserPermissionSet } from '../rights/permission-set.entity.js';
import { UserPermission } from '../rights/user-permission.entity.js';
import { Session } from '../sessions/session.entity.js';
import { Upload } from '../uploads/upload.entity.js';
import { User } from '../users/user.entity.js';
import { AccountDeletion } from './account-deletion.entity.js';
import { Consent } from './consent.entity.js';
import { DataExport } from './data-export.entity.js';

type Sections = Record<string, unknown>;

/** Who somebody is. Never the password's hash: it is a secret that opens the account. */
export async function collectProfile(em: EntityManager, userId: string): Promise<Sections> {
  const user = await em.findOne(User, { id: userId });
  if (!user) return {};
  const { id, email, emailVerifiedAt, username, firstName, lastName, phone, role, locale, timeZone } = user;
  const { telegramId, telegramUsername, telegramPhotoUrl, suspendedAt, createdAt, updatedAt } = user;
  return {
    profile: {
      ...{ id, email, emailVerifiedAt, username, firstName, lastName, phone, role, locale, timeZone },
      ...{ telegramId, telegramUsername, telegramPhotoUrl, suspendedAt, createdAt, updatedAt },
      hasPassword: Boolean(user.passwordHash),
    },
  };
}

/** What somebody did here: sign-ins, days, uploads, and what the audit log says of them. */
export async function collectActivity(em: EntityManager, userId: string): Promise<Sections> {
  const [sessions, days, uploads, audit] = [
    await em.find(Session, { userId }, { orderBy: { createdAt: 'asc' } }),
    await em.find(ActiveDay, { userId }, { orderBy: { day: 'asc' } }),
    await em.find(Upload, { userId }, { orderBy: { createdAt: 'asc' } }),
    await em.find(
      AuditEntry,
      { $or: [{ actorId: userId }, { subjectId: userId }] },
      { orderBy: { at: 'asc', id: 'asc' } },
    ),
  ];
  return {
    sessions: sessions.map(({ id, userAgent, networkAddress, createdAt, lastUsedAt, expiresAt, revokedAt }) => {
      return { id, userAgent, networkAddress, createdAt, lastUsedAt, expiresAt, revokedAt };
    }),
    activeDays: days.map(({ day, role }) => ({ day, role })),
    uploads: uploads.map(({ id, kind, status, contentType, size, createdAt, confirmedAt }) => {
      return { id, kind, status, contentType, size, createdAt, confirmedAt };
    }),
    auditLog: audit.map((entry) => shapeAudit(entry, userId)),
  };
}

/** What somebody may do beyond or below their role. */
export async function collectRights(em: EntityManager, userId: string): Promise<Sections> {
  const exceptions = await em.find(UserPermission, { userId });
  const given = await em.find(UserPermissionSet, { userId });
  const sets = await em.find(PermissionSet, { id: { $in: given.map(({ setId }) => setId) } });
  const names = new Map(sets.map(({ id, name }) => [id, name]));
  return {
    permissions: exceptions.map(({ permission, isGranted, expiresAt, createdAt }) => {
      return { permission, isGranted, expiresAt, createdAt };
    }),
    permissionSets: given.map(({ setId, expiresAt, createdAt }) => ({ name: names.get(setId), expiresAt, createdAt })),
  };
}

/** What somebody wants to be done with their data. */
export async function collectPrivacy(em: EntityManager, userId: string): Promise<Sections> {
  const consents = await em.find(Consent, { userId }, { orderBy: { recordedAt: 'asc', id: 'asc' } });
  const exports = await em.find(DataExport, { userId }, { orderBy: { requestedAt: 'asc' } });
  const deletion = await em.findOne(AccountDeletion, { userId });
  return {
    consents: consents.map(({ document, version, isGranted, recordedAt, networkHash, userAgent }) => {
      return { document, version, isGranted, recordedAt, networkHash, userAgent };
    }),
    dataExports: exports.map(({ id, status, requestedAt, finishedAt, expiresAt }) => {
      return { id, status, requestedAt, finishedAt, expiresAt };
    }),
    deletion: deletion && { requestedAt: deletion.requestedAt, dueAt: deletion.dueAt },
  };
}

/** A line without who else had a part in it: staff and other people have a right to their privacy too. */
function shapeAudit({ at, action, actorId, subjectId, networkHash, details }: AuditEntry, userId: string): Sections {
  const isActor = actorId === userId;
  const isOwn = !subjectId || subjectId === userId;
  return {
    at,
    action,
    by: isActor ? 'YOU' : actorId && 'SOMEBODY_ELSE',
    on: subjectId === userId ? 'YOU' : subjectId && 'SOMEBODY_ELSE',
    // The address of somebody else is theirs.
    networkHash: isActor || !actorId ? networkHash : null,
    ...(isOwn && { details }),
  };
}

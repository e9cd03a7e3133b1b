import { defineEvent } from '@tutorgraph/kit/events/event';
import { ACCOUNT_ERASED, EXPORT_REQUESTED, ofExport, privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';
import { codePurposes } from './codes/verification-code.rules.js';
import { notices } from './notices/notice.rules.js';
import { sessionEndings } from './sessions/session.rules.js';

/** Somebody opened an account; the subject is the user's id. */
export const userRegistered = defineEvent({
  type: 'tutorgraph.accounts.user.registered.v1',
  description: 'Somebody opened an account. Subject: the user.',
  data: z.object({ role: z.enum(roles) }),
});

/** Somebody's profile changed; the subject is the user's id. */
export const userUpdated = defineEvent({
  type: 'tutorgraph.accounts.user.updated.v1',
  description: 'Names or settings of an account changed. Subject: the user; ask for the fields that you need.',
  data: z.object({}),
});

/** A session ended before its time; its access tokens must not be accepted any longer. */
export const sessionRevoked = defineEvent({
  type: 'tutorgraph.accounts.session.revoked.v1',
  description: 'A session was ended; its access tokens stop working everywhere. Subject: the session.',
  data: z.object({ userId: z.uuid(), reason: z.enum(sessionEndings) }),
});

/** A code was made and waits to be delivered. */
export const codeRequested = defineEvent({
  type: 'tutorgraph.accounts.code.requested.v1',
  description: 'A code that proves an address, a number or a lost password was made. Subject: the user.',
  data: z.object({ codeId: z.uuid(), purpose: z.enum(codePurposes) }),
});

/** Somebody may know of something that happened to their account. */
export const noticeRequested = defineEvent({
  type: 'tutorgraph.accounts.notice.requested.v1',
  description: 'Something happened to an account that its owner should know. Subject: the user.',
  data: z.object({ noticeId: z.uuid(), notice: z.enum(notices) }),
});

/** An account may not be used for now. */
export const userSuspended = defineEvent({
  type: 'tutorgraph.accounts.user.suspended.v1',
  description: 'An account was suspended; its sessions are ended. Subject: the user.',
  data: z.object({}),
});

/** A suspended account may be used again. */
export const userRestored = defineEvent({
  type: 'tutorgraph.accounts.user.restored.v1',
  description: 'A suspended account may be used again. Subject: the user.',
  data: z.object({}),
});

/** Somebody is something else to the platform now. */
export const userRoleChanged = defineEvent({
  type: 'tutorgraph.accounts.user.role-changed.v1',
  description: 'The role of an account changed. Subject: the user.',
  data: z.object({ from: z.enum(roles), to: z.enum(roles) }),
});

/** The address of an account was proven. */
export const userVerified = defineEvent({
  type: 'tutorgraph.accounts.user.verified.v1',
  description: "The email address of an account was proven to be its owner's. Subject: the user.",
  data: z.object({}),
});

/** An account is gone that could do nothing but read. */
export const userRemoved = defineEvent({
  type: 'tutorgraph.accounts.user.removed.v1',
  description:
    'An account was removed whose address was never proven: somebody registered the address anew, or 30 days went by. Subject: the user.',
  data: z.object({}),
});

/** Permissions of roles or of one person changed. */
export const rightsChanged = defineEvent({
  type: 'tutorgraph.accounts.rights.changed.v1',
  description:
    'Rights changed; ask for all of them again. Subject: the word "roles", or the user whose rights they are.',
  data: z.object({}),
});

/** Somebody wants to have everything that is held about them. */
export const dataExportRequested = defineEvent({
  type: EXPORT_REQUESTED,
  description: 'Somebody wants an archive of their data: every room collects its part. Subject: the user.',
  data: ofExport,
});

/** An account was deleted for good; every room erases what it has of its owner. */
export const accountErased = defineEvent({
  type: ACCOUNT_ERASED,
  description: 'An account was deleted for good: every room erases what it has of its owner. Subject: the user.',
  data: z.object({}),
});

/** Every event of this room. */
export const events = [
  userRegistered,
  userUpdated,
  userVerified,
  userRoleChanged,
  userSuspended,
  userRestored,
  userRemoved,
  codeRequested,
  noticeRequested,
  sessionRevoked,
  rightsChanged,
  dataExportRequested,
  accountErased,
  ...Object.values(privacyEvents('accounts')),
];

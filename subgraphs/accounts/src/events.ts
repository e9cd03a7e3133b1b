import { defineEvent } from '@tutorgraph/kit/events/event';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';

/** Somebody opened an account; the subject is the user's id. */
export const userRegistered = defineEvent({
  type: 'tutorgraph.accounts.user.registered.v1',
  description: 'Somebody opened an account. Subject: the user.',
  data: z.object({ role: z.enum(roles) }),
});

/** Somebody tried to register with an address that has an account; its owner deserves to know. */
export const registrationRepeated = defineEvent({
  type: 'tutorgraph.accounts.registration.repeated.v1',
  description:
    'Somebody tried to register with the address of an account that exists. Subject: the owner of the account.',
  data: z.object({}),
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
  data: z.object({ userId: z.uuid(), reason: z.enum(['SIGNED_OUT', 'TOKEN_REUSED']) }),
});

/** Permissions of roles changed. */
export const rightsChanged = defineEvent({
  type: 'tutorgraph.accounts.rights.changed.v1',
  description: 'Permissions behind roles changed; ask for all of them again. Subject: the word "roles".',
  data: z.object({}),
});

/** Every event of this room. */
export const events = [userRegistered, registrationRepeated, userUpdated, sessionRevoked, rightsChanged];

import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput, unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { registrationRepeated, userRegistered, userUpdated } from '../events.js';
import { hashPassword } from '../passwords/password.js';
import { User } from './user.entity.js';
import { findUser, findUserByEmail, findUsers, insertUser, usersById } from './user.repository.js';
import { profileChange, registration } from './user.rules.js';

const LONGEST_SEARCH = 100;

/** Accounts: opening, reading and changing them. */
export class UserService {
  /**
   * Opens an account. For an address that has one nothing changes and the answer is the same; its owner is told by
   * an event. The password is hashed in both cases, so that the time tells nothing either.
   */
  async register(context: RequestContext, input: unknown): Promise<void> {
    const wanted = accept(registration, input, context.locale);
    const now = new Date();
    const user = Object.assign(new User(), {
      id: newId(),
      email: wanted.email,
      passwordHash: await hashPassword(wanted.password),
      firstName: wanted.firstName,
      lastName: wanted.lastName,
      role: wanted.role,
      locale: wanted.locale ?? context.locale,
      timeZone: wanted.timeZone ?? 'UTC',
      emailVerifiedAt: null,
      username: null,
      phone: null,
      telegramId: null,
      telegramUsername: null,
      telegramPhotoUrl: null,
      avatarKey: null,
      roleChangedAt: null,
      suspendedAt: null,
      erasedAt: null,
      createdAt: now,
      updatedAt: now,
    });
    await transaction(context.em, async (tx) => {
      if (await insertUser(tx, user)) {
        recordEvent(tx, userRegistered.create({ subject: user.id, data: { role: wanted.role } }));
        return;
      }
      const owner = await findUserByEmail(tx, user.email);
      if (owner) recordEvent(tx, registrationRepeated.create({ subject: owner.id, data: {} }));
    });
  }

  /** The signed-in person, or null. */
  async me(context: RequestContext): Promise<User | null> {
    return context.viewer.kind === 'user' ? context.loader(usersById).load(context.viewer.userId) : null;
  }

  /** An account by id. */
  find(context: RequestContext, id: string): Promise<User | null> {
    return context.loader(usersById).load(id);
  }

  /** A page of accounts, the newest first. */
  list(
    context: RequestContext,
    filter: { role?: Role | null; text?: string | null } | null | undefined,
    page: PageRequest,
  ): Promise<Connection<User>> {
    if ((filter?.text?.length ?? 0) > LONGEST_SEARCH) {
      throw badUserInput(`filter.text may have at most ${LONGEST_SEARCH} characters`);
    }
    return findUsers(context.em, filter ?? {}, page);
  }

  /** Changes the viewer's own account. */
  async updateProfile(context: RequestContext, input: unknown): Promise<User> {
    const change = accept(profileChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const user = await findUser(tx, context.user.userId);
      if (!user) throw unauthenticated();
      user.firstName = change.firstName ?? user.firstName;
      user.lastName = change.lastName ?? user.lastName;
      user.locale = change.locale ?? user.locale;
      user.timeZone = change.timeZone ?? user.timeZone;
      user.updatedAt = new Date();
      recordEvent(tx, userUpdated.create({ subject: user.id, data: {} }));
      return user;
    });
  }
}

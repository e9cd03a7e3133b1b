import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput, unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { userUpdated } from '../events.js';
import type { User } from './user.entity.js';
import { findUser, findUsers, usersById } from './user.repository.js';
import { profileChange } from './user.rules.js';

const LONGEST_SEARCH = 100;

/** Accounts: reading and changing them. */
export class UserService {
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

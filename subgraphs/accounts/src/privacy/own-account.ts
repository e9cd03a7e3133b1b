import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import type { User } from '../users/user.entity.js';
import { lockUserForChange } from '../users/user.lock.js';

/** The viewer's account, locked until the transaction ends. @throws UNAUTHENTICATED when it was erased meanwhile */
export async function lockOwnAccount(tx: EntityManager, context: RequestContext): Promise<User> {
  const user = await lockUserForChange(tx, context.user.userId);
  if (!user || user.erasedAt) throw unauthenticated();
  return user;
}

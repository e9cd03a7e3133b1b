import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden, unauthenticated } from '@tutorgraph/kit/graphql/errors';
import type { User } from '../users/user.entity.js';
import { lockUserShared } from '../users/user.lock.js';

/**
 * Holds the account of whoever configures rights until the transaction ends. Take it before sets and roles.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN as {@link refuseFormer}
 */
export async function lockConfigurator(tx: EntityManager, { user }: RequestContext): Promise<void> {
  refuseFormer(await lockUserShared(tx, user.userId));
}

/**
 * Access tokens and copies of rights may be seconds behind: whoever has just lost the role must not give rights that stay.
 *
 * @throws UNAUTHENTICATED when the account is suspended or gone, FORBIDDEN when it is no super admin's any longer
 */
export function refuseFormer(actor: User | null | undefined): void {
  if (!actor || actor.suspendedAt || actor.erasedAt) throw unauthenticated();
  if (actor.role !== 'SUPER_ADMIN') throw forbidden('Only super admins configure rights');
}

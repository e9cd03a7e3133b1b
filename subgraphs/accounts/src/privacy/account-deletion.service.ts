import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { recordAudit } from '../audit/audit.repository.js';
import type { NoticeService } from '../notices/notice.service.js';
import { verifyPassword } from '../passwords/password.js';
import type { User } from '../users/user.entity.js';
import { findUser } from '../users/user.repository.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { AccountDeletion } from './account-deletion.entity.js';
import { deletionsDue, hasOtherSuperAdmin, lockDeletion } from './account-deletion.repository.js';
import { CHANGE_OF_MIND_MS } from './account-deletion.rules.js';
import { lockOwnAccount } from './own-account.js';

/** People who want their accounts to be deleted, and those who change their mind. */
export class AccountDeletionService {
  constructor(private readonly notices: NoticeService) {}

  /**
   * Has the viewer's account deleted in 30 days; repeating it changes nothing.
   *
   * @param password needed when the account has one
   * @throws Refusal INVALID_CREDENTIALS; LAST_SUPER_ADMIN when nobody would be left who may do everything
   */
  async request(context: RequestContext, password: string | null | undefined): Promise<User> {
    const known = await provenUser(context, password);
    return transaction(context.em, async (tx) => {
      const { userId } = context.user;
      // Before the viewer's own account is locked: they are locked in one order, whoever asks.
      const mayLeave = known.role !== 'SUPER_ADMIN' || (await hasOtherSuperAdmin(tx, userId));
      const user = await lockOwnAccount(tx, context);
      if (user.passwordHash !== known.passwordHash) throw wrongPassword();
      if (await lockDeletion(tx, userId)) return user;
      if (!mayLeave) throw new Refusal<AccountErrorCode>('LAST_SUPER_ADMIN');
      const requestedAt = new Date();
      const dueAt = new Date(requestedAt.getTime() + CHANGE_OF_MIND_MS);
      tx.create(AccountDeletion, { userId, requestedAt, dueAt, erasedAt: null, completedAt: null, rooms: [] });
      await this.notices.request(tx, userId, 'DELETION_REQUESTED');
      await recordAudit(tx, context, { action: 'DELETION_REQUESTED', subjectId: userId });
      context.loader(deletionsDue).clear(userId);
      return user;
    });
  }

  /** Keeps the viewer's account after all; repeating it changes nothing. */
  cancel(context: RequestContext): Promise<User> {
    return transaction(context.em, async (tx) => {
      const user = await lockOwnAccount(tx, context);
      const deletion = await lockDeletion(tx, user.id);
      if (!deletion) return user;
      tx.remove(deletion);
      await this.notices.request(tx, user.id, 'DELETION_CANCELLED');
      await recordAudit(tx, context, { action: 'DELETION_CANCELLED', subjectId: user.id });
      context.loader(deletionsDue).clear(user.id);
      return user;
    });
  }
}

/** The viewer, who knows the password of the account if it has one. @throws Refusal INVALID_CREDENTIALS */
async function provenUser(context: RequestContext, password: string | null | undefined): Promise<User> {
  const user = await findUser(context.em, context.user.userId);
  if (!user || user.erasedAt) throw unauthenticated();
  if (!user.passwordHash) return user;
  if (!password || !(await verifyPassword(password, user.passwordHash))) throw wrongPassword();
  return user;
}

function wrongPassword(): Refusal<AccountErrorCode> {
  return new Refusal<AccountErrorCode>('INVALID_CREDENTIALS', ['input', 'password']);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { hashPassword, isWeakHash, verifyPassword } from '../passwords/password.js';
import type { User } from '../users/user.entity.js';
import { lockUserForChange, lockUserShared } from '../users/user.lock.js';
import { findUsersByEmail } from '../users/user.repository.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { IssuedSession, SessionService } from './session.service.js';
import type { SessionLimits } from './session-limits.js';
import { recordSignInFailure } from './sign-in-failure.js';

const MOST_ROUNDS = 3;

/** The password was replaced between comparing and entering: compare again. */
class PasswordReplaced extends Error {}

/** Signing in with an email address and a password. */
export class SignInService {
  constructor(
    private readonly sessions: SessionService,
    private readonly limits: SessionLimits,
  ) {}

  /**
   * An address may have a verified and an unverified account (nobody learns which are taken by registering); the
   * password decides which is meant.
   *
   * @throws Refusal INVALID_CREDENTIALS, the same for an unknown address and a wrong password and as late;
   * ACCOUNT_SUSPENDED only after the right password
   */
  async signIn(context: RequestContext, input: { email: string; password: string }): Promise<IssuedSession> {
    const email = input.email.trim().toLowerCase();
    await this.limits.beforeSignIn(email);
    for (let round = 1; ; round++) {
      const accounts = await accountsOf(context.em, email);
      const account = await whoseIs(input.password, accounts);
      try {
        if (!account) throw new Refusal<AccountErrorCode>('INVALID_CREDENTIALS');
        return await this.enter(context, email, account, input.password);
      } catch (error) {
        if (error instanceof PasswordReplaced && round < MOST_ROUNDS) continue;
        const refusal = error instanceof PasswordReplaced ? new Refusal('INVALID_CREDENTIALS') : error;
        const meant = account ?? accounts.verified ?? accounts.unverified;
        if (refusal instanceof Refusal) await recordSignInFailure(context, 'PASSWORD', refusal, meant?.id);
        throw refusal;
      }
    }
  }

  private async enter(context: RequestContext, email: string, account: User, password: string): Promise<IssuedSession> {
    // Whoever registers somebody else's address knows a password of it too, and must not start the count anew.
    if (account.emailVerifiedAt) await this.limits.afterSignIn(email);
    const renewed = isWeakHash(account.passwordHash) ? await hashPassword(password) : undefined;
    return this.sessions.open(context, 'PASSWORD', async (tx) => {
      const user = await (renewed ? lockUserForChange(tx, account.id) : lockUserShared(tx, account.id));
      if (!user || user.passwordHash !== account.passwordHash) throw new PasswordReplaced();
      if (renewed) user.passwordHash = renewed;
      return user;
    });
  }
}

interface AccountsOfAddress {
  verified: User | undefined;
  unverified: User | undefined;
}

async function accountsOf(em: EntityManager, email: string): Promise<AccountsOfAddress> {
  const found = await findUsersByEmail(em, email);
  return {
    verified: found.find(({ emailVerifiedAt }) => emailVerifiedAt),
    unverified: found.find(({ emailVerifiedAt }) => !emailVerifiedAt),
  };
}

/** Always two comparisons, at once: the time tells nothing of which accounts there are. */
async function whoseIs(password: string, accounts: AccountsOfAddress): Promise<User | undefined> {
  const [isVerified, isUnverified] = await Promise.all([
    verifyPassword(password, accounts.verified?.passwordHash),
    verifyPassword(password, accounts.unverified?.passwordHash),
  ]);
  if (isVerified) return accounts.verified;
  return isUnverified ? accounts.unverified : undefined;
}

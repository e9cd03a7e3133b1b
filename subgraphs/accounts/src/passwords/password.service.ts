import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.repository.js';
import { recordFailure } from '../audit/audit-failure.js';
import type { CodeService } from '../codes/code.service.js';
import type { CodeLimits } from '../codes/code-limits.js';
import type { StoredCode } from '../codes/verification-code.repository.js';
import { readCode } from '../codes/verification-code.rules.js';
import { userVerified } from '../events.js';
import type { NoticeService } from '../notices/notice.service.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import { NOBODY } from '../users/nobody.js';
import type { User } from '../users/user.entity.js';
import { lockUserForChange } from '../users/user.lock.js';
import { findUser, findUsersByEmail, flushProvenAddress } from '../users/user.repository.js';
import { email, newPassword } from '../users/user.rules.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { hashPassword, verifyPassword } from './password.js';
import { refuseWeak } from './refuse-weak.js';

const resetRequest = z.object({ email });
const reset = z.object({ email, code: z.string(), password: newPassword });
const change = z.object({ currentPassword: z.string(), newPassword });

/** Setting passwords anew: by a code from the mailbox, or by the password so far. */
export class PasswordService {
  constructor(
    private readonly codes: CodeService,
    private readonly notices: NoticeService,
    private readonly limits: CodeLimits,
  ) {}

  /** Has a code mailed to whoever owns the address. Without an account the same is done, and nothing is mailed. */
  async requestReset(context: RequestContext, input: unknown): Promise<void> {
    const { email: address } = accept(resetRequest, input, context.locale);
    await this.limits.beforeReset(address);
    await transaction(context.em, async (tx) => {
      const user = await findOwner(tx, address);
      await this.codes.issue(tx, { userId: user?.id ?? NOBODY, purpose: 'PASSWORD', target: address });
    });
  }

  /**
   * Sets the password of whoever has the code from their mailbox, which also proves the address, and ends every session.
   *
   * @throws Refusal INVALID_CODE, the same for an unknown address and a code that is wrong, spent or was never asked for
   */
  async reset(context: RequestContext, input: unknown): Promise<void> {
    const wanted = accept(reset, input, context.locale);
    // The names of the account would be told apart by what is refused: the address is all that the person gave.
    refuseWeak(context, wanted.password, { email: wanted.email }, 'password');
    await this.limits.beforeResetAttempt(wanted.email);
    const user = await findOwner(context.em, wanted.email);
    const code = await this.provenCode(context, user?.id ?? NOBODY, wanted);
    if (!code) {
      await recordFailure(context, { action: 'PASSWORD_RESET_FAILED', subjectId: user?.id });
      throw invalidCode();
    }
    const passwordHash = await hashPassword(wanted.password);
    await transaction(context.em, (tx) => this.apply(tx, context, code, passwordHash));
  }

  /**
   * Sets another password by the one so far; every other session ends.
   *
   * @throws Refusal INVALID_CREDENTIALS, WEAK_PASSWORD; NO_PASSWORD when there is none so far: a session alone is not
   * enough to set the first, a code from the mailbox is
   */
  async change(context: RequestContext, input: unknown): Promise<void> {
    const wanted = accept(change, input, context.locale);
    const { userId, sessionId } = context.user;
    const user = await findUser(context.em, userId);
    if (!user || user.erasedAt) throw unauthenticated();
    if (!user.passwordHash) throw new Refusal<AccountErrorCode>('NO_PASSWORD');
    const wrong = new Refusal<AccountErrorCode>('INVALID_CREDENTIALS', ['input', 'currentPassword']);
    const { passwordHash: formerHash } = user;
    if (!(await verifyPassword(wanted.currentPassword, formerHash))) throw wrong;
    refuseWeak(context, wanted.newPassword, user, 'newPassword');
    const passwordHash = await hashPassword(wanted.newPassword);
    await transaction(context.em, async (tx) => {
      const locked = await lockUserForChange(tx, userId);
      // Of two changes at once the second knows a password that is no longer right.
      if (locked?.passwordHash !== formerHash) throw wrong;
      Object.assign(locked, { passwordHash, updatedAt: new Date() });
      await revokeSessionsOf(tx, userId, 'PASSWORD_CHANGED', sessionId);
      await this.notices.request(tx, userId, 'PASSWORD_CHANGED');
      await recordAudit(tx, context, { action: 'PASSWORD_CHANGED', subjectId: userId });
    });
  }

  private async provenCode(
    context: RequestContext,
    userId: string,
    wanted: z.infer<typeof reset>,
  ): Promise<StoredCode | undefined> {
    const code = readCode(wanted.code);
    if (!code) throw invalidCode();
    const attempt = await this.codes.attempt(context.em, { userId, purpose: 'PASSWORD' }, code);
    return attempt.outcome === 'RIGHT' && attempt.code.target === wanted.email ? attempt.code : undefined;
  }

  private async apply(
    tx: EntityManager,
    context: RequestContext,
    code: StoredCode,
    passwordHash: string,
  ): Promise<void> {
    const user = await lockUserForChange(tx, code.userId);
    if (user?.email !== code.target || !(await this.codes.use(tx, code))) throw invalidCode();
    const now = new Date();
    if (!user.emailVerifiedAt) recordEvent(tx, userVerified.create({ subject: user.id, data: {} }));
    Object.assign(user, { passwordHash, emailVerifiedAt: user.emailVerifiedAt ?? now, updatedAt: now });
    // When somebody else proved the address a moment ago, the next code is for their account.
    await flushProvenAddress(tx, invalidCode());
    await revokeSessionsOf(tx, user.id, 'PASSWORD_RESET');
    await this.notices.request(tx, user.id, 'PASSWORD_CHANGED');
    await recordAudit(tx, context, { action: 'PASSWORD_RESET', actorId: user.id, subjectId: user.id });
  }
}

/** The account whose password is meant: the verified one of an address, else the one that waits to be. */
async function findOwner(em: EntityManager, address: string): Promise<User | undefined> {
  const accounts = await findUsersByEmail(em, address);
  return accounts.find(({ emailVerifiedAt }) => emailVerifiedAt) ?? accounts[0];
}

function invalidCode(): Refusal<AccountErrorCode> {
  return new Refusal<AccountErrorCode>('INVALID_CODE', ['input', 'code']);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { CodeLimits } from '../codes/code-limits.js';
import type { EmailVerificationService } from '../codes/email-verification.service.js';
import { userRegistered } from '../events.js';
import { hashPassword } from '../passwords/password.js';
import { refuseWeak } from '../passwords/refuse-weak.js';
import { NOBODY } from './nobody.js';
import { removeUnverifiedUser } from './user.removal.js';
import { insertUser, lockUsersByEmail, type NewUser } from './user.repository.js';
import { registration } from './user.rules.js';

/** Whoever registers the same address at the same time is waited for; more often only a fault would. */
const MOST_ROUNDS = 10;

/** Opening accounts. */
export class RegistrationService {
  constructor(
    private readonly verification: EmailVerificationService,
    private readonly limits: CodeLimits,
  ) {}

  /**
   * Opens an account that can only read until its address is proven, and mails a code for that. One of the same address
   * that waits to be proven is replaced. For an address that has a proven account all the same is done, but its owner
   * gets a mail that says so instead of the code: neither the answer nor what it takes tells whether there is one.
   */
  async register(context: RequestContext, input: unknown): Promise<void> {
    const wanted = accept(registration, input, context.locale);
    refuseWeak(context, wanted.password, wanted, 'password');
    await this.limits.beforeEmail(wanted.email);
    const { password, locale, timeZone, ...person } = wanted;
    const account = {
      ...person,
      passwordHash: await hashPassword(password),
      locale: locale ?? context.locale,
      timeZone: timeZone ?? 'UTC',
    };
    await transaction(context.em, async (tx) => {
      const { userId, ownerId } = await replaceAccount(tx, account);
      recordEvent(tx, userRegistered.create({ subject: userId, data: { role: wanted.role } }));
      await this.verification.send(tx, userId, wanted.email, ownerId);
    });
  }
}

/** Adds an account in place of the unproven one of its address; also tells whose the address is. */
async function replaceAccount(
  tx: EntityManager,
  account: Omit<NewUser, 'id' | 'createdAt'>,
): Promise<{ userId: string; ownerId: string | undefined }> {
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const known = await lockUsersByEmail(tx, account.email);
    const former = known.find(({ emailVerifiedAt }) => !emailVerifiedAt);
    await removeUnverifiedUser(tx, former?.id ?? NOBODY, 'REPLACED');
    const userId = newId();
    if (await insertUser(tx, { ...account, id: userId, createdAt: new Date() })) {
      return { userId, ownerId: known.find(({ emailVerifiedAt }) => emailVerifiedAt)?.id };
    }
  }
  throw new Error('An account could not be added although its address is free; look at the constraints of users');
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import { recordAudit } from '../audit/audit.repository.js';
import { userUpdated, userVerified } from '../events.js';
import type { NoticeService } from '../notices/notice.service.js';
import { NOBODY } from '../users/nobody.js';
import type { User } from '../users/user.entity.js';
import { findUser, findUsersByEmail, flushProvenAddress } from '../users/user.repository.js';
import { email } from '../users/user.rules.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { CodeService } from './code.service.js';
import type { CodeLimits } from './code-limits.js';
import { proveOwn } from './prove-own.js';

const request = z.object({ email: email.nullish() });

/** Proving that an email address is one's own. */
export class EmailVerificationService {
  constructor(
    private readonly codes: CodeService,
    private readonly notices: NoticeService,
    private readonly limits: CodeLimits,
  ) {}

  /**
   * Has a code mailed to the viewer's own address, or to another that becomes theirs once the code is entered. The answer
   * is the same when somebody else has the address; then that person is told and no code exists.
   *
   * @throws Refusal EMAIL_ALREADY_VERIFIED; INVALID_INPUT without an address
   */
  async request(context: RequestContext, input: unknown): Promise<void> {
    const wanted = accept(request, input, context.locale).email;
    const { userId } = context.user;
    const viewer = await findUser(context.em, userId);
    if (!viewer || viewer.erasedAt) throw unauthenticated();
    const address = wanted ?? viewer.email;
    if (!address) throw new Refusal<AccountErrorCode>('INVALID_INPUT', ['input', 'email']);
    if (address === viewer.email && viewer.emailVerifiedAt) {
      throw new Refusal<AccountErrorCode>('EMAIL_ALREADY_VERIFIED', ['input', 'email']);
    }
    await this.limits.beforeEmail(address);
    await transaction(context.em, async (tx) => {
      const owner = (await findUsersByEmail(tx, address)).find(({ emailVerifiedAt }) => emailVerifiedAt);
      await this.send(tx, userId, address, owner?.id);
    });
  }

  /**
   * Mails a code that proves an address, or, when it has an owner, tells that person instead. The same statements run in
   * both cases.
   */
  async send(tx: EntityManager, userId: string, address: string, ownerId: string | undefined): Promise<void> {
    const proof = { userId, purpose: 'EMAIL', target: address } as const;
    await (ownerId ? this.codes.issueNone(tx, proof) : this.codes.issue(tx, proof));
    await this.notices.request(tx, ownerId ?? NOBODY, 'REGISTRATION_REPEATED');
  }

  /**
   * Makes the address the viewer's, by the code that was mailed there.
   *
   * @throws Refusal INVALID_CODE, CODE_SPENT; EMAIL_TAKEN when somebody else proved it meanwhile
   */
  async verify(context: RequestContext, typed: string): Promise<User> {
    return proveOwn(context, this.codes, { purpose: 'EMAIL', typed }, async (tx, user, address) => {
      const former = user.emailVerifiedAt ? user.email : null;
      Object.assign(user, { email: address, emailVerifiedAt: new Date(), updatedAt: new Date() });
      // The mailbox was proven, so that it gives nothing away to say that the address is taken.
      await flushProvenAddress(tx, new Refusal<AccountErrorCode>('EMAIL_TAKEN'));
      recordEvent(tx, (former ? userUpdated : userVerified).create({ subject: user.id, data: {} }));
      await recordAudit(tx, context, { action: 'EMAIL_VERIFIED', subjectId: user.id });
      if (former && former !== address) await this.notices.request(tx, user.id, 'EMAIL_CHANGED', former);
    });
  }
}

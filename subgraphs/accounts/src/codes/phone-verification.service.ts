import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { recordAudit } from '../audit/audit.repository.js';
import { userUpdated } from '../events.js';
import type { User } from '../users/user.entity.js';
import { lockUserForChange } from '../users/user.lock.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { CodeService } from './code.service.js';
import type { CodeLimits } from './code-limits.js';
import { readPhone } from './phone.rules.js';
import { proveOwn } from './prove-own.js';
import type { TextMessages } from './text-messages.js';

/** Proving that a phone number is one's own. */
export class PhoneVerificationService {
  constructor(
    private readonly codes: CodeService,
    private readonly limits: CodeLimits,
    private readonly textMessages: TextMessages,
  ) {}

  /** Sends a code to a phone. @throws Refusal SMS_UNAVAILABLE, INVALID_PHONE */
  async request(context: RequestContext, written: string): Promise<void> {
    if (!(await this.textMessages.areSent())) throw new Refusal<AccountErrorCode>('SMS_UNAVAILABLE');
    const phone = readPhone(written);
    if (!phone) throw new Refusal<AccountErrorCode>('INVALID_PHONE', ['input', 'phone']);
    await this.limits.beforePhone(phone);
    await transaction(context.em, (tx) =>
      this.codes.issue(tx, { userId: context.user.userId, purpose: 'PHONE', target: phone }),
    );
  }

  /** Makes the number the viewer's, by the code that was sent there. @throws Refusal INVALID_CODE, CODE_SPENT */
  verify(context: RequestContext, typed: string): Promise<User> {
    return proveOwn(context, this.codes, { purpose: 'PHONE', typed }, async (tx, user, phone) => {
      changePhone(tx, user, phone);
      await recordAudit(tx, context, { action: 'PHONE_VERIFIED', subjectId: user.id });
    });
  }

  /** Forgets the viewer's number; repeating it changes nothing. */
  remove(context: RequestContext): Promise<User> {
    return transaction(context.em, async (tx) => {
      const user = await lockUserForChange(tx, context.user.userId);
      if (!user || user.erasedAt) throw unauthenticated();
      if (!user.phone) return user;
      changePhone(tx, user, null);
      await recordAudit(tx, context, { action: 'PHONE_REMOVED', subjectId: user.id });
      return user;
    });
  }
}

function changePhone(tx: EntityManager, user: User, phone: string | null): void {
  Object.assign(user, { phone, updatedAt: new Date() });
  recordEvent(tx, userUpdated.create({ subject: user.id, data: {} }));
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { CodeSecret } from '../codes/code-secret.js';
import { findCodeToDeliver } from '../codes/verification-code.repository.js';
import { CODE_LIFE_MS } from '../codes/verification-code.rules.js';
import { findNotice } from '../notices/notice.repository.js';
import type { CodeMessage, NoticeMessage } from './account-message.types.js';

/** Tells messaging what to send. */
export class AccountMessageService {
  constructor(private readonly secret: CodeSecret) {}

  /** A code; null once it is not worth sending. */
  async code(context: RequestContext, id: string): Promise<CodeMessage | null> {
    const found = await findCodeToDeliver(context.em, id, new Date());
    if (!found) return null;
    const { purpose, target: recipient, codeHash, userId, user } = found;
    const code = this.secret.codeOf(id);
    if (!this.secret.isRight(id, code, codeHash)) return null;
    return { userId, recipient, purpose, code, minutes: CODE_LIFE_MS / 60_000, locale: user.locale };
  }

  /** A notice that waits to be sent; null when there is nobody to send it to. */
  async notice(context: RequestContext, id: string): Promise<NoticeMessage | null> {
    const found = await findNotice(context.em, id);
    if (!found) return null;
    const { notice, user } = found;
    // An address that nobody proved may be anybody's.
    const recipient = notice.recipient ?? (user.emailVerifiedAt ? user.email : null);
    return recipient ? { userId: user.id, recipient, notice: notice.notice, locale: user.locale } : null;
  }
}

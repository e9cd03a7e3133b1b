import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { noticeRequested } from '../events.js';
import { recordEventOfUser } from '../users/user-event.js';
import { insertNotice } from './notice.repository.js';
import type { Notice } from './notice.rules.js';

/** Tells people what happened to their accounts. */
export class NoticeService {
  /**
   * Has messaging mail the account's owner once the transaction commits. For nobody's id the same is done and nothing is
   * sent, so that what it takes does not tell whether there is an account.
   *
   * @param recipient where to, when that is not the account's address @default the account's address if it is verified
   */
  async request(tx: EntityManager, userId: string, notice: Notice, recipient: string | null = null): Promise<void> {
    const id = newId();
    await insertNotice(tx, { id, userId, notice, recipient, createdAt: new Date() });
    await recordEventOfUser(tx, noticeRequested.create({ subject: userId, data: { noticeId: id, notice } }));
  }
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { noticeRequested } from '../events.js';
import type { DeliverNoticeJob } from '../jobs/deliver-notice.job.js';
import { insertNotice } from './notice.repository.js';
import type { Notice } from './notice.rules.js';

/** Tells people what happened to their accounts. */
export class NoticeService {
  constructor(private readonly delivery: DeliverNoticeJob) {}

  /**
   * Has a mail sent to the account's owner once the transaction commits. For nobody's id the same is done and nothing is
   * sent, so that what it takes does not tell whether there is an account.
   *
   * @param recipient where to, when that is not the account's address @default the account's address if it is verified
   */
  async request(tx: EntityManager, userId: string, notice: Notice, recipient: string | null = null): Promise<void> {
    const id = newId();
    const isKept = await insertNotice(tx, { id, userId, notice, recipient, createdAt: new Date() });
    if (isKept) recordEvent(tx, noticeRequested.create({ subject: userId, data: { noticeId: id, notice } }));
    await enqueue(tx, this.delivery, { noticeId: id });
  }
}

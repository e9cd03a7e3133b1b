import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import type { AccountMessages } from '../accounts/account-messages.js';
import type { Channels } from '../channels/channel.js';
import { accountNoticeSettled } from '../events.js';
import { sendUnlessRefused } from './send-unless-refused.js';

/** @see deliverNoticeJob */
export type DeliverNoticeJob = ReturnType<typeof deliverNoticeJob>;

/** What the job is made of. */
export interface DeliverNoticeOptions {
  em: EntityManager;
  accounts: AccountMessages;
  channels: Channels;
  messages: Messages;
}

/** Mails somebody what happened to their account, in their language, and tells accounts, which forgets it then. */
export function deliverNoticeJob({ em, accounts, channels, messages }: DeliverNoticeOptions) {
  return defineJob({
    name: 'deliver-notice',
    description: 'Mails somebody what happened to their account.',
    payload: z.object({ noticeId: z.uuid() }),
    // Eight tries over half an hour.
    retries: 7,
    retryDelaySeconds: 15,
    concurrency: 2,
    handler: async ({ noticeId }, { logger }) => {
      const found = await accounts.findNotice(noticeId);
      const channel = channels.get('EMAIL');
      if (found && channel) {
        const { userId, locale, recipient, notice } = found;
        const [title, body] = [messages(locale, `notice.${notice}.subject`), messages(locale, `notice.${notice}.text`)];
        await sendUnlessRefused(
          channel,
          { deliveryId: noticeId, userId, locale, title, body },
          { email: recipient },
          logger,
        );
      }
      await transaction(em, async (tx) =>
        recordEvent(tx, accountNoticeSettled.create({ subject: noticeId, data: {} })),
      );
    },
  });
}

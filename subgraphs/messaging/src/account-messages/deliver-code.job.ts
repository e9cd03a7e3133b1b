import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import type { AccountMessages, CodeMessage } from '../accounts/account-messages.js';
import type { Channels } from '../channels/channel.js';
import { sendUnlessRefused } from './send-unless-refused.js';

/** @see deliverCodeJob */
export type DeliverCodeJob = ReturnType<typeof deliverCodeJob>;

/** Sends somebody the code that they asked for, in their language, unless it is worth nothing any longer. */
export function deliverCodeJob(accounts: AccountMessages, channels: Channels, messages: Messages) {
  return defineJob({
    name: 'deliver-code',
    description: 'Sends somebody the code that they asked for.',
    payload: z.object({ codeId: z.uuid() }),
    // Somebody waits for it: eight tries within the ten minutes that it is good.
    retries: 7,
    retryDelaySeconds: 2,
    concurrency: 4,
    handler: async ({ codeId }, { logger }) => {
      const found = await accounts.findCode(codeId);
      const channel = found && channels.get(found.purpose === 'PHONE' ? 'SMS' : 'EMAIL');
      if (!channel) return;
      const { userId, locale, recipient, purpose } = found;
      const message = { deliveryId: codeId, userId, locale, ...textsOf(found, messages), isAskedFor: true };
      await sendUnlessRefused(
        channel,
        message,
        purpose === 'PHONE' ? { phone: recipient } : { email: recipient },
        logger,
      );
    },
  });
}

function textsOf({ purpose, locale, code, minutes }: CodeMessage, messages: Messages): { title: string; body: string } {
  const values = { code, minutes };
  if (purpose === 'PHONE') return { title: '', body: messages(locale, 'code.PHONE', values) };
  const key = `code.${purpose}`;
  return { title: messages(locale, `${key}.subject`, values), body: messages(locale, `${key}.text`, values) };
}

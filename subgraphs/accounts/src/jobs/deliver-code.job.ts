import type { EntityManager } from '@mikro-orm/postgresql';
import type { Delivery } from '@tutorgraph/kit/delivery/create-delivery';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import type { CodeSecret } from '../codes/code-secret.js';
import { findCodeToDeliver } from '../codes/verification-code.repository.js';
import { CODE_LIFE_MS } from '../codes/verification-code.rules.js';
import { mailText } from '../mails/mail-text.js';
import { sendUnlessRefused } from './send-unless-refused.js';

/** @see deliverCodeJob */
export type DeliverCodeJob = ReturnType<typeof deliverCodeJob>;

/** Sends somebody the code that they asked for, in their language, unless it is worth nothing any longer. */
export function deliverCodeJob(
  em: EntityManager,
  { mailer, smsSender }: Pick<Delivery, 'mailer' | 'smsSender'>,
  messages: Messages,
  secret: CodeSecret,
) {
  return defineJob({
    name: 'deliver-code',
    description: 'Sends somebody the code that they asked for.',
    payload: z.object({ codeId: z.uuid() }),
    // Somebody waits for it: eight tries within the ten minutes that it is good.
    retries: 7,
    retryDelaySeconds: 2,
    concurrency: 4,
    handler: async ({ codeId }, { id, logger }) => {
      const found = await findCodeToDeliver(em.fork(), codeId, new Date());
      if (!found) return;
      const { purpose, target, codeHash, user } = found;
      const code = secret.codeOf(codeId);
      if (!secret.isRight(codeId, code, codeHash)) return;
      const values = { code, minutes: CODE_LIFE_MS / 60_000 };
      const message = { to: target, messageId: id, userId: user.id };
      await sendUnlessRefused(async () => {
        if (purpose === 'PHONE')
          await smsSender?.send({ ...message, text: messages(user.locale, 'code.PHONE', values) });
        else await mailer.send({ ...message, ...mailText(messages, user.locale, `code.${purpose}`, values) });
      }, logger);
    },
  });
}

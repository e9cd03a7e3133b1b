import type { EntityManager } from '@mikro-orm/postgresql';
import type { Mailer } from '@tutorgraph/kit/delivery/message';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import { mailText } from '../mails/mail-text.js';
import { deleteNotice, findNotice } from '../notices/notice.repository.js';
import { sendUnlessRefused } from './send-unless-refused.js';

/** @see deliverNoticeJob */
export type DeliverNoticeJob = ReturnType<typeof deliverNoticeJob>;

/** Mails somebody what happened to their account, in their language. */
export function deliverNoticeJob(em: EntityManager, mailer: Mailer, messages: Messages) {
  return defineJob({
    name: 'deliver-notice',
    description: 'Mails somebody what happened to their account.',
    payload: z.object({ noticeId: z.uuid() }),
    concurrency: 2,
    handler: async ({ noticeId }, { id, logger }) => {
      const found = await findNotice(em.fork(), noticeId);
      if (!found) return;
      const { notice, user } = found;
      // An address that nobody proved may be anybody's.
      const to = notice.recipient ?? (user.emailVerifiedAt ? user.email : null);
      if (to) {
        // No names: whoever has got into the account may have changed them, and a mail goes out under our name.
        const mail = {
          to,
          ...mailText(messages, user.locale, `notice.${notice.notice}`),
          messageId: id,
          userId: user.id,
        };
        await sendUnlessRefused(() => mailer.send(mail), logger);
      }
      await deleteNotice(em.fork(), noticeId);
    },
  });
}

import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import { sendUnlessRefused } from '../account-messages/send-unless-refused.js';
import type { Channels } from '../channels/channel.js';
import { linkToInvitation } from '../notifications/link.rules.js';
import type { StudentInvitations } from './student-invitations.js';

/** @see deliverInvitationJob */
export type DeliverInvitationJob = ReturnType<typeof deliverInvitationJob>;

/** What the job is made of. */
export interface DeliverInvitationOptions {
  invitations: StudentInvitations;
  channels: Channels;
  messages: Messages;
  appUrl: string | undefined;
}

/** Mails somebody without an account how to take the place that the school keeps for them. */
export function deliverInvitationJob({ invitations, channels, messages, appUrl }: DeliverInvitationOptions) {
  return defineJob({
    name: 'deliver-invitation',
    description: 'Mails somebody without an account how to take their place in the school.',
    payload: z.object({ studentId: z.uuid() }),
    // Eight tries over half an hour.
    retries: 7,
    retryDelaySeconds: 15,
    concurrency: 2,
    handler: async ({ studentId }, { logger }) => {
      const found = await invitations.find(studentId);
      const channel = channels.get('EMAIL');
      if (!found || !channel) return;
      const { id, email, language: locale, code, name, courseTitle } = found;
      const values = { code, name: name ?? '', course: courseTitle ?? '' };
      const parts = [
        messages(locale, name ? 'invitation.hello_named' : 'mail.hello', values),
        messages(locale, courseTitle ? 'invitation.course' : 'invitation.school', values),
        messages(locale, 'invitation.code', values),
        messages(locale, 'invitation.stranger', values),
      ];
      const title = messages(locale, 'invitation.subject', values);
      await sendUnlessRefused(
        channel,
        { deliveryId: id, userId: studentId, locale, title, body: parts.join('\n\n') },
        { email },
        logger,
        linkToInvitation(appUrl, code),
      );
    },
  });
}

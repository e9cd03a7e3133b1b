import { moderationDecided } from '@tutorgraph/schema/events/marketplace';
import { caseOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { aboutText, sampleText } from './moderation-recipients.js';

export const moderationDecidedType = defineNotification({
  type: 'MODERATION_DECIDED',
  description: 'Staff decided on a text; for whoever wrote it.',
  event: moderationDecided,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { ...sampleText, context: 'PUBLISHED' },
    { ...sampleText, context: 'REJECTED', reason: 'It names people who did not ask for it.' },
  ],
  async recipients(ask, { subject, data }) {
    const found = await caseOf(ask, subject);
    // Another decision may have followed by now, of which its own event tells.
    if (found?.status !== 'DECIDED' || found.outcome !== data.outcome) return [];
    const context = data.outcome;
    return [
      aboutText(data, data.authorId, context === 'REJECTED' ? { context, reason: found.reason ?? '' } : { context }),
    ];
  },
});

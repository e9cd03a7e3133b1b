import { moderationQueued } from '@tutorgraph/schema/events/marketplace';
import { caseOf } from '../../facts/market.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';
import { forModerator, sampleTextForStaff } from './moderation-recipients.js';

export const moderationQueuedType = defineNotification({
  type: 'MODERATION_QUEUED',
  description: 'Staff has to look at a text; for those who moderate.',
  event: moderationQueued,
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples: [sampleTextForStaff],
  async recipients(ask, { subject, data }) {
    const found = await caseOf(ask, subject);
    if (found?.status !== 'WAITING') return [];
    const staff = await staffWith(ask, 'marketplace.moderation.manage');
    return staff.filter((userId) => userId !== data.authorId).map((userId) => forModerator(data, userId));
  },
});

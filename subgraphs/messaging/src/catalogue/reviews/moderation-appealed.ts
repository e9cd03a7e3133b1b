import { moderationAppealed } from '@tutorgraph/schema/events/marketplace';
import { caseOf } from '../../facts/market.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';
import { forModerator, sampleTextForStaff } from './moderation-recipients.js';

export const moderationAppealedType = defineNotification({
  type: 'MODERATION_APPEALED',
  description: 'An author appealed against what staff decided; for those who moderate.',
  event: moderationAppealed,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [sampleTextForStaff],
  async recipients(ask, { subject, data }) {
    const found = await caseOf(ask, subject);
    if (found?.status !== 'APPEALED') return [];
    const staff = await staffWith(ask, 'marketplace.moderation.manage');
    return staff.filter((userId) => userId !== data.authorId).map((userId) => forModerator(data, userId));
  },
});

import { reviewPosted } from '@tutorgraph/schema/events/marketplace';
import { reviewOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';

export const reviewReceivedType = defineNotification({
  type: 'REVIEW_RECEIVED',
  description: 'A student reviewed a tutor, and others see it; for the tutor.',
  event: reviewPosted,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { count: 1, 'subject:en': 'Mathematics', 'subject:ru': 'Математика' },
    { count: 3, 'subject:en': 'Mathematics', 'subject:ru': 'Математика' },
    { count: 5, 'subject:en': 'Mathematics', 'subject:ru': 'Математика' },
  ],
  async recipients(ask, { subject }) {
    const review = await reviewOf(ask, subject);
    // What staff has to look at first is the author's and theirs alone.
    if (review?.state !== 'PUBLISHED') return [];
    const values = { ...review.subject, count: review.rating };
    return [{ userId: review.tutor.id, values, target: { kind: 'REVIEW', id: review.id } }];
  },
});

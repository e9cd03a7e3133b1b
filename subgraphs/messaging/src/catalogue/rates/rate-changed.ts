import { rateChanged } from '@tutorgraph/schema/events/marketplace';
import { rateOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { partiesOf, sampleRate } from './rate-recipients.js';

export const rateChangedType = defineNotification({
  type: 'RATE_CHANGED',
  description: 'What an hour costs from now on, by consent or because it is lower; for the student and the tutor.',
  event: rateChanged,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [sampleRate],
  async recipients(ask, { subject, data }) {
    const rate = await rateOf(ask, subject);
    const both = rate && (await partiesOf(ask, data, rate.hourlyRate));
    return both ? [both.student, both.tutor] : [];
  },
});

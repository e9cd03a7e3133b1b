import { rateDeclined } from '@tutorgraph/schema/events/marketplace';
import { rateOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { partiesOf, sampleRate } from './rate-recipients.js';

export const rateDeclinedType = defineNotification({
  type: 'RATE_DECLINED',
  description: 'A student declined a higher rate, and the former one holds; for the tutor.',
  event: rateDeclined,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'PUSH'],
  samples: [sampleRate],
  async recipients(ask, { subject, data }) {
    const rate = await rateOf(ask, subject);
    const both = rate && (await partiesOf(ask, data, rate.hourlyRate));
    return both ? [both.tutor] : [];
  },
});

import { rateProposed } from '@tutorgraph/schema/events/marketplace';
import { rateOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { partiesOf, sampleRate } from './rate-recipients.js';

export const rateProposedType = defineNotification({
  type: 'RATE_PROPOSED',
  description: 'A tutor would like a higher rate, to which the student may consent; for the student.',
  event: rateProposed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleRate],
  async recipients(ask, { subject, data }) {
    const rate = await rateOf(ask, subject);
    const both = rate?.proposedRate && (await partiesOf(ask, data, rate.proposedRate));
    return both ? [both.student] : [];
  },
});

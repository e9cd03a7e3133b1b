import { reconciliationDiffered } from '@tutorgraph/schema/events/payments';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const reconciliationDifferedType = defineNotification({
  type: 'RECONCILIATION_DIFFERED',
  description: 'The ledger says otherwise than Stripe; for staff who read the ledger.',
  event: reconciliationDiffered,
  urgency: 'CRITICAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ count: 1 }, { count: 3 }, { count: 7 }],
  async recipients(ask, { data: { differences: count } }) {
    const staff = await staffWith(ask, 'payments.ledger.read');
    return staff.map((userId) => ({ userId, values: { count }, target: null }));
  },
});

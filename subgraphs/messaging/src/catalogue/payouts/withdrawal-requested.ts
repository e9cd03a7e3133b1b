import { withdrawalRequested } from '@tutorgraph/schema/events/payments';
import { withdrawalOf } from '../../facts/payments.js';
import { personOf, staffWith } from '../../facts/people.js';
import { ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';
import { sampleWithdrawal } from './withdrawal-recipients.js';

export const withdrawalRequestedType = defineNotification({
  type: 'WITHDRAWAL_REQUESTED',
  description: 'A tutor wants money at the bank and staff decides; for staff who pay out.',
  event: withdrawalRequested,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ ...sampleWithdrawal, ...named('tutor', ivan) }],
  async recipients(ask, { subject, data: { userId: tutorId } }) {
    const withdrawal = await withdrawalOf(ask, subject);
    if (withdrawal?.status !== 'REQUESTED') return [];
    const [tutor, staff] = await Promise.all([personOf(ask, tutorId), staffWith(ask, 'payments.transfers.make')]);
    const values = { ...withdrawal.amount, ...named('tutor', tutor) };
    return staff.map((userId) => ({ userId, values, target: { kind: 'WITHDRAWAL', id: subject } }));
  },
});

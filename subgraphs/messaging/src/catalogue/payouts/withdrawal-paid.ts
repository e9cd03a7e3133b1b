import { withdrawalPaid } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';
import { sampleWithdrawal, toWithdrawer } from './withdrawal-recipients.js';

export const withdrawalPaidType = defineNotification({
  type: 'WITHDRAWAL_PAID',
  description: 'A withdrawal is at the bank; for the tutor.',
  event: withdrawalPaid,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleWithdrawal],
  recipients: (ask, { subject, data: { userId } }) => toWithdrawer(ask, subject, userId, ['PAID']),
});

import { withdrawalApproved } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';
import { sampleWithdrawal, toWithdrawer } from './withdrawal-recipients.js';

export const withdrawalApprovedType = defineNotification({
  type: 'WITHDRAWAL_APPROVED',
  description: 'A withdrawal is on its way; for the tutor.',
  event: withdrawalApproved,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'PUSH'],
  samples: [sampleWithdrawal],
  recipients: (ask, { subject, data: { userId } }) =>
    toWithdrawer(ask, subject, userId, ['APPROVED', 'PAYING', 'PAID']),
});

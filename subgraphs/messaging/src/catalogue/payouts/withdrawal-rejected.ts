import { withdrawalRejected } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';
import { sampleWithdrawal, toWithdrawer } from './withdrawal-recipients.js';

export const withdrawalRejectedType = defineNotification({
  type: 'WITHDRAWAL_REJECTED',
  description: 'Staff rejected a withdrawal, and says why; for the tutor.',
  event: withdrawalRejected,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [{ ...sampleWithdrawal, reason: 'The name at the bank is another one.' }],
  recipients: (ask, { subject, data: { userId } }) => toWithdrawer(ask, subject, userId, ['REJECTED']),
});

import { withdrawalFailed } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';
import { sampleWithdrawal, toWithdrawer } from './withdrawal-recipients.js';

export const withdrawalFailedType = defineNotification({
  type: 'WITHDRAWAL_FAILED',
  description: 'A bank did not take a withdrawal; for the tutor.',
  event: withdrawalFailed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleWithdrawal],
  recipients: (ask, { subject, data: { userId } }) => toWithdrawer(ask, subject, userId, ['FAILED']),
});

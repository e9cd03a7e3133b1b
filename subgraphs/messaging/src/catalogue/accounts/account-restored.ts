import { userRestored } from '@tutorgraph/schema/events/accounts';
import { defineNotification } from '../notification-type.js';

export const accountRestoredType = defineNotification({
  type: 'ACCOUNT_RESTORED',
  description: 'A suspended account may be used again; for its owner.',
  event: userRestored,
  urgency: 'CRITICAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{}],
  recipients: async (_ask, { subject }) => [{ userId: subject, values: {}, target: { kind: 'ACCOUNT', id: subject } }],
});

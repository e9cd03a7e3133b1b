import { userRoleChanged } from '@tutorgraph/schema/events/accounts';
import { defineNotification } from '../notification-type.js';

export const roleChangedType = defineNotification({
  type: 'ROLE_CHANGED',
  description: 'Somebody has another role; for them.',
  event: userRoleChanged,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ roleKey: 'notification.role.CURATOR' }],
  recipients: async (_ask, { subject, data: { to } }) => [
    { userId: subject, values: { roleKey: `notification.role.${to}` }, target: { kind: 'ACCOUNT', id: subject } },
  ],
});

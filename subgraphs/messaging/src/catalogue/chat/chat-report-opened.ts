import { chatReportOpened } from '../../events.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const chatReportOpenedType = defineNotification({
  type: 'CHAT_REPORT_OPENED',
  description: 'Somebody reported a message; for staff who moderate chats.',
  event: chatReportOpened,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{}],
  async recipients(ask, { subject }) {
    const staff = await staffWith(ask, 'messaging.rooms.moderate');
    return staff.map((userId) => ({ userId, values: {}, target: { kind: 'REPORT', id: subject } }));
  },
});

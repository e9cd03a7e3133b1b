import { defineSending } from '../notification-type.js';

const samples = [
  {
    'title:en': 'The office is closed on Monday',
    'title:ru': 'В понедельник мы не работаем',
    'body:en': 'We answer again on Tuesday.',
    'body:ru': 'Ответим во вторник.',
  },
];

export const staffMessageType = defineSending({
  type: 'STAFF_MESSAGE',
  description: 'Staff writes to single people; its words are the values `title` and `body` by language.',
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples,
});

export const announcementType = defineSending({
  type: 'ANNOUNCEMENT',
  description: 'Staff tells many people something; its words are the values `title` and `body` by language.',
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples,
});

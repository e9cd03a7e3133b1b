import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { notificationTypes } from './catalogue.js';

/** Names of all types. */
export const NotificationTypeEnum = enumOf(notificationTypes.map(({ type }) => type));
registerEnumType(NotificationTypeEnum, {
  name: 'NotificationType',
  description: 'What a notification is about.',
  valuesConfig: Object.fromEntries(notificationTypes.map(({ type, description }) => [type, { description }])),
});

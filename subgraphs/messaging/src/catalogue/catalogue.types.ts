import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NotificationChannelEnum, NotificationUrgencyEnum } from '../notifications/notification.enums.js';
import { notificationTypes } from './catalogue.js';

/** Names of all types. */
export const NotificationTypeEnum = enumOf(notificationTypes.map(({ type }) => type));
registerEnumType(NotificationTypeEnum, {
  name: 'NotificationType',
  description: 'What a notification is about.',
  valuesConfig: Object.fromEntries(notificationTypes.map(({ type, description }) => [type, { description }])),
});

@ObjectType({ simpleResolvers: true, description: 'One kind of notification.' })
export class NotificationKind {
  @Field(() => NotificationTypeEnum, { description: 'Its name, for the program.' })
  declare type: string;

  @Field(() => String, { description: 'What it is called in your language, for settings.' })
  declare title: string;

  @Field(() => String, { description: 'What it is about and who gets it, in English, for developers.' })
  declare description: string;

  @Field(() => NotificationUrgencyEnum, { description: 'How much it matters.' })
  declare urgency: keyof typeof NotificationUrgencyEnum;

  @Field(() => [NotificationChannelEnum], { description: 'Where it goes unless a person decided otherwise.' })
  declare channels: (keyof typeof NotificationChannelEnum)[];
}

@ObjectType({ simpleResolvers: true, description: 'What a notification looks like, with values as they may be.' })
export class NotificationPreview {
  @Field(() => String, { description: "One line; also a mail's subject." })
  declare title: string;

  @Field(() => String, { description: 'The text, without HTML.' })
  declare body: string;

  @Field(() => String, { description: 'Title and text as one text message.' })
  declare sms: string;

  @Field(() => String, { description: 'The whole mail as HTML.' })
  declare html: string;
}

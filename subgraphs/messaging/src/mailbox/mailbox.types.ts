import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { OutsideChannel } from '../channels/channel.rules.js';
import { NotificationChannelEnum } from '../notifications/notification.enums.js';

/** A message in the development mailbox. */
@ObjectType('DevelopmentMessage', {
  simpleResolvers: true,
  description: 'A message that was kept here instead of being sent. There are none outside development.',
})
export class DevelopmentMessageType {
  @Field(() => ID, { description: 'Identity of the message.' })
  declare id: string;

  @Field(() => NotificationChannelEnum, { description: 'How it would have been sent.' })
  declare channel: OutsideChannel;

  @Field(() => String, {
    description:
      'To whom: a mail address, a phone number in E.164, a number on Telegram; of a push the platforms of the devices.',
  })
  declare recipient: string;

  @Field(() => String, { nullable: true, description: 'Subject of a mail, title of a push; null of a text message.' })
  declare subject: string | null;

  @Field(() => String, { description: 'The whole text.' })
  declare text: string;

  @Field(() => String, { nullable: true, description: 'What a mail shows to readers of HTML; null of the others.' })
  declare html: string | null;

  @Field(() => DateTime, { description: 'When it would have been sent.' })
  declare sentAt: Date;
}

export const DevelopmentMessageConnection = connectionOf(DevelopmentMessageType, 'DevelopmentMessage');

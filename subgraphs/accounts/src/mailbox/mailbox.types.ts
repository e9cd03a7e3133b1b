import { type Channel, channels } from '@tutorgraph/kit/delivery/development-message.entity';
import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

const MessageChannel = enumOf(channels);
registerEnumType(MessageChannel, {
  name: 'MessageChannel',
  description: 'How a message reaches a person.',
  valuesConfig: { EMAIL: { description: 'A mail.' }, SMS: { description: 'A text message to a phone.' } },
});

/** A message in the development mailbox. */
@ObjectType('DevelopmentMessage', {
  simpleResolvers: true,
  description: 'A message that was kept here instead of being sent. There are none outside development.',
})
export class DevelopmentMessageType {
  @Field(() => ID, { description: 'Identity of the message.' })
  declare id: string;

  @Field(() => MessageChannel, { description: 'How it would have been sent.' })
  declare channel: Channel;

  @Field(() => String, { description: 'To whom: a mail address, or a phone number in E.164.' })
  declare recipient: string;

  @Field(() => String, { nullable: true, description: 'Subject of a mail; null of a text message.' })
  declare subject: string | null;

  @Field(() => String, { description: 'The whole text.' })
  declare text: string;

  @Field(() => DateTime, { description: 'When it would have been sent.' })
  declare sentAt: Date;
}

export const DevelopmentMessageConnection = connectionOf(DevelopmentMessageType, 'DevelopmentMessage');

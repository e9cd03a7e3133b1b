import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { ChatMessageType } from '../chat-messages/chat-message.types.js';
import { type MessageChange, messageChanges } from './message-live.rules.js';

const MessageChangeEnum = enumOf(messageChanges);
registerEnumType(MessageChangeEnum, {
  name: 'ChatMessageChange',
  description: 'What became of a message.',
  valuesConfig: {
    SENT: { description: 'It was written.' },
    EDITED: { description: 'Its text changed.' },
    DELETED: { description: 'It was deleted; its place stays.' },
    REACTED: { description: 'Reactions to it changed.' },
    PINNED: { description: 'It was pinned or unpinned.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Something happened in a room.' })
export class MessageReceivedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => MessageChangeEnum, {
    nullable: true,
    description: 'What became of the message; null when the event only tells the cursor.',
  })
  declare kind: MessageChange | null;

  @Field(() => ChatMessageType, {
    nullable: true,
    description:
      'The message as it is now, which may be newer than the change; null when the event only tells the cursor, as the first one does.',
  })
  declare message: ChatMessageType | null;
}

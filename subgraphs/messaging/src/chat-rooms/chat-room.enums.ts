import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { chatRoomKinds } from './chat-room.rules.js';

/** {@link chatRoomKinds} in the graph. */
export const ChatRoomKindEnum = enumOf(chatRoomKinds);
registerEnumType(ChatRoomKindEnum, {
  name: 'ChatRoomKind',
  description: 'What a chat room is for.',
  valuesConfig: {
    DIRECT: {
      description: 'A student and a tutor who have an application or a booking in common; it is made by itself.',
    },
    GROUP: { description: 'The people of a course with their curator.' },
    SUPPORT: { description: 'Somebody who asks for help, and staff that answers.' },
    NAMED: { description: 'A room that staff made for a purpose of its own.' },
  },
});

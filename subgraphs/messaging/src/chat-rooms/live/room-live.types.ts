import { Field, ID, ObjectType } from 'type-graphql';
import { ChatRoomType } from '../chat-room.types.js';

@ObjectType({ simpleResolvers: true, description: 'A chat room changed, or the messages in it.' })
export class RoomChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => ChatRoomType, {
    nullable: true,
    description:
      'The room as it is now; null when you do not belong to it any longer, or the message only tells the cursor, as the first one does.',
  })
  declare room: ChatRoomType | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The room to which you do not belong any longer: drop what you hold of it. Null otherwise.',
  })
  declare leftRoomId: string | null;
}

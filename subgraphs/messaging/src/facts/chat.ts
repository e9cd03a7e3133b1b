import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { Ask } from './ask.js';

/** A chat room of this room's own tables; null when there is none or nobody writes there any more. */
export async function openRoomOf({ em }: Ask, roomId: string): Promise<ChatRoom | null> {
  const room = await em.findOne(ChatRoom, { id: roomId });
  return room?.closedAt ? null : room;
}

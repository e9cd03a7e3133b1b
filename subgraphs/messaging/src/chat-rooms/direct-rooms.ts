import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { chatRoomUpdated } from '../events.js';
import type { ChatRoom } from './chat-room.entity.js';
import { directRoom, openUniqueRoom } from './unique-rooms.js';

/** A student and a tutor who have something in common. */
export interface Pair {
  userIds: readonly [string, string];
  /** Was something paid between them? */
  isPaid: boolean;
}

/** How a room of two people is made. */
export class DirectRooms {
  /** @param hidesUntilPaid are contacts hidden between two people until something is paid? */
  constructor(private readonly hidesUntilPaid: boolean) {}

  /** The room of two people, locked; what is paid between them shows contacts in it for good. */
  async open(tx: EntityManager, { userIds: [one, other], isPaid }: Pair, now: Date): Promise<ChatRoom> {
    const room = await openUniqueRoom(tx, directRoom(one, other, this.hidesUntilPaid && !isPaid), now);
    if (room.hidesContacts && isPaid) {
      room.hidesContacts = false;
      room.updatedAt = now;
      recordEvent(tx, chatRoomUpdated.create({ subject: room.id, data: {} }));
    }
    return room;
  }
}

import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { ChatMember } from '../../chat-members/chat-member.entity.js';
import { ChatRoom } from '../chat-room.entity.js';

interface Membership {
  roomId: string;
  userId: string;
}

/** What one event wakes is asked for at once, for all of them together and never from memory. */
const TOGETHER = {
  cache: false,
  maxBatchSize: 1_000,
  batchScheduleFn: (run: () => void) => setImmediate(run),
} as const;

/** Rooms and memberships for all subscriptions of this process: a thousand who hear of one event cost as much as one. */
export class SharedRooms {
  private readonly rooms: DataLoader<string, ChatRoom | null>;
  private readonly members: DataLoader<Membership, ChatMember | null>;

  constructor(private readonly em: EntityManager) {
    this.rooms = new DataLoader((ids: readonly string[]) => this.findRooms(ids), TOGETHER);
    this.members = new DataLoader((asked: readonly Membership[]) => this.findMembers(asked), TOGETHER);
  }

  /** A room as it is at this moment. */
  room(id: string): Promise<ChatRoom | null> {
    return this.rooms.load(id);
  }

  /** Somebody's membership at this moment; null when it has ended. */
  member(roomId: string, userId: string): Promise<ChatMember | null> {
    return this.members.load({ roomId, userId });
  }

  /** Ids of the rooms to which somebody belongs at this moment. */
  async roomIdsOf(userId: string): Promise<string[]> {
    const found = await this.em.fork().find(ChatMember, { userId, endedAt: null }, { fields: ['roomId'] });
    return found.map(({ roomId }) => roomId);
  }

  private async findRooms(ids: readonly string[]): Promise<(ChatRoom | null)[]> {
    const found = await this.em.fork().find(ChatRoom, { id: { $in: [...new Set(ids)] } });
    const rooms = new Map(found.map((room) => [room.id, room]));
    return ids.map((id) => rooms.get(id) ?? null);
  }

  private async findMembers(asked: readonly Membership[]): Promise<(ChatMember | null)[]> {
    const found = await this.em.fork().find(ChatMember, {
      roomId: { $in: [...new Set(asked.map(({ roomId }) => roomId))] },
      userId: { $in: [...new Set(asked.map(({ userId }) => userId))] },
      endedAt: null,
    });
    const members = new Map(found.map((member) => [`${member.roomId} ${member.userId}`, member]));
    return asked.map(({ roomId, userId }) => members.get(`${roomId} ${userId}`) ?? null);
  }
}

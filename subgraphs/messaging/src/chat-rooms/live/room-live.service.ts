import { endable } from '@tutorgraph/kit/events/endable';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { findRoom, ownMemberships, roomsById } from '../../chat-members/membership.js';
import type { ChatRoom } from '../chat-room.entity.js';
import { aboutRoom, audienceOf, MOST_READERS_TOLD, movesMember, roomEvents } from './room-live.rules.js';
import type { SharedRooms } from './shared-rooms.js';

type Given<Value> = Value | null | undefined;

/** What a message says: the room as it is now, or that it is not the viewer's any longer. */
interface RoomChange {
  room: ChatRoom | null;
  leftRoomId: string | null;
}

const NOTHING: RoomChange = { room: null, leftRoomId: null };

/**
 * Rooms that people watch live. Who may is decided when a subscription starts and again at each message, which finds the
 * room as it is in the database then.
 */
export class RoomLiveService {
  constructor(
    private readonly live: LiveStream,
    private readonly shared: SharedRooms,
  ) {}

  /** Changes of one room, or of all to which the viewer belongs, those that come and go included. @throws FORBIDDEN */
  async watch(
    context: RequestContext,
    roomId: Given<string>,
    after: Given<string>,
  ): Promise<AsyncIterable<LiveMessage>> {
    const { signal, user } = context;
    if (!roomId) return endable((ended) => this.ownRooms(user.userId, after, ended), signal);
    await this.watched(context, roomId);
    const messages = this.live.subscribe({ after, keys: [`room:${roomId}`], types: roomEvents, signal });
    return endable((ended) => this.heardBy(user.userId, messages, ended), signal);
  }

  /** What a message is about. @throws FORBIDDEN when the one room that is watched is not for the viewer any longer */
  async changed(context: RequestContext, roomId: Given<string>, event: DomainEvent | null): Promise<RoomChange> {
    if (roomId) {
      const room = await this.watched(context, roomId);
      return event ? { room, leftRoomId: null } : NOTHING;
    }
    if (!event) return NOTHING;
    const about = aboutRoom(event);
    const room = await this.ownRoom(context, about.roomId);
    if (room) return { room, leftRoomId: null };
    return movesMember(event, context.user.userId) ? { room: null, leftRoomId: about.roomId } : NOTHING;
  }

  /** A room that the viewer may watch. The refusal does not tell whether it exists. */
  private async watched(context: RequestContext, roomId: string): Promise<ChatRoom> {
    const found = (await this.ownRoom(context, roomId)) ?? (await findRoom(context, roomId))?.room;
    if (found) return found;
    throw forbidden('Only members may watch this room');
  }

  private async ownRoom(context: RequestContext, roomId: string): Promise<ChatRoom | null> {
    const [room, member] = await Promise.all([
      this.shared.room(roomId),
      this.shared.member(roomId, context.user.userId),
    ]);
    if (!(room && member)) return null;
    context.loader(roomsById).prime(room.id, room);
    context.loader(ownMemberships).prime(room.id, member);
    // Whether membership is enough is for the one place that decides it.
    return (await findRoom(context, roomId)) && room;
  }

  /**
   * Listens to the rooms to which somebody belongs, and anew whenever these become others. The rooms are looked up once
   * the position is known from which it listens, so that none that comes meanwhile is missed.
   */
  private async *ownRooms(
    userId: string,
    after: Given<string>,
    signal: AbortSignal,
  ): AsyncGenerator<LiveMessage, void, void> {
    let cursor = after ?? (await this.now(signal));
    for (let isFirst = true; cursor && !signal.aborted; isFirst = false) {
      const rooms = await this.shared.roomIdsOf(userId);
      const keys = [`user:${userId}`, ...rooms.map((id) => `room:${id}`)];
      const messages = this.live.subscribe({ after: cursor, keys, types: roomEvents, signal });
      cursor = null;
      for await (const message of this.heardBy(userId, withoutGreeting(messages, !isFirst), signal)) {
        yield message;
        if (!(message.event && movesMember(message.event, userId))) continue;
        cursor = message.cursor;
        break;
      }
    }
  }

  /** Where the stream is. */
  private async now(signal: AbortSignal): Promise<string | null> {
    for await (const { cursor } of this.live.subscribe({ keys: [], types: [], signal })) return cursor;
    return null;
  }

  private async *heardBy(
    userId: string,
    messages: AsyncIterable<LiveMessage>,
    signal: AbortSignal,
  ): AsyncGenerator<LiveMessage, void, void> {
    for await (const message of messages) {
      if (signal.aborted) return;
      if (!message.event || (await this.isFor(userId, message.event))) yield message;
    }
  }

  private async isFor(userId: string, event: DomainEvent): Promise<boolean> {
    const about = aboutRoom(event);
    const audience = audienceOf(event);
    if (audience === 'everybody' || about.userId === userId) return true;
    if (audience === 'member') return false;
    return ((await this.shared.room(about.roomId))?.memberCount ?? 0) <= MOST_READERS_TOLD;
  }
}

/** The first message of each stream says where it begins, which only the first stream has to say. */
async function* withoutGreeting(
  messages: AsyncIterable<LiveMessage>,
  isDropped: boolean,
): AsyncGenerator<LiveMessage, void, void> {
  let isGreeting = isDropped;
  for await (const message of messages) {
    if (!isGreeting) yield message;
    isGreeting = false;
  }
}

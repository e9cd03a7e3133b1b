import { isId } from '@tutorgraph/kit/database/id';
import { endable } from '@tutorgraph/kit/events/endable';
import type { LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Signals } from '@tutorgraph/kit/signals/signals';
import { z } from 'zod';
import { findReadableRoom } from '../chat-members/membership.js';
import { assertWritable } from '../chat-messages/message-change.js';
import type { SharedRooms } from '../chat-rooms/live/shared-rooms.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberRemoved } from '../events.js';

/** How long somebody is shown to be writing after they said so. */
const SHOWN_MS = 6_000;
/** Who does not take what they hear is behind: older news of who is writing are of no use. */
const MOST_WAITING = 20;

const signal = z.object({ userId: z.uuid(), until: z.iso.datetime() });

/** That somebody is writing. */
export interface Typing {
  userId: string;
  until: Date;
}

/** Who is writing; told to who listens, and never kept. */
export class TypingService {
  constructor(
    private readonly signals: Signals,
    private readonly live: LiveStream,
    private readonly rooms: SharedRooms,
  ) {}

  /** Tells a room that the viewer is writing. @throws Refusal NOT_FOUND, ROOM_CLOSED, BLOCKED */
  async tell(context: RequestContext, roomId: string): Promise<void> {
    const field = ['input', 'roomId'];
    const { userId } = context.user;
    const access = isId(roomId) ? await findReadableRoom(context, roomId) : null;
    if (!access) throw new Refusal<MessagingErrorCode>('NOT_FOUND', field);
    await assertWritable(context.em, access, userId, field);
    this.signals.send(channelOf(roomId), { userId, until: new Date(Date.now() + SHOWN_MS).toISOString() });
  }

  /** Who else is writing in a room, for its members. @throws FORBIDDEN */
  async watch(context: RequestContext, roomId: string): Promise<AsyncIterable<Typing | null>> {
    await this.assertHears(context, roomId);
    return endable((ended) => this.typing(context, roomId, ended), context.signal);
  }

  /** @throws FORBIDDEN when the viewer does not belong to the room any longer */
  async assertHears(context: RequestContext, roomId: string): Promise<void> {
    if (isId(roomId) && (await this.rooms.member(roomId, context.user.userId))) return;
    throw forbidden('Only members of this room may listen to it');
  }

  /** Null says that nobody is writing: at first, and when the membership ended, for whoever asks whether it did. */
  private async *typing(
    { user }: RequestContext,
    roomId: string,
    ended: AbortSignal,
  ): AsyncGenerator<Typing | null, void, void> {
    // The first one says at once that the viewer is listening.
    const waiting: (Typing | null)[] = [null];
    let wake = (): void => {};
    const push = (next: Typing | null): void => {
      if (waiting.length >= MOST_WAITING) waiting.shift();
      waiting.push(next);
      wake();
    };
    const stop = this.signals.listen(channelOf(roomId), (payload) => {
      const { data } = signal.safeParse(payload);
      if (data && data.userId !== user.userId) push({ userId: data.userId, until: new Date(data.until) });
    });
    this.hearEnding(`member:${roomId}:${user.userId}`, ended, () => push(null));
    ended.addEventListener('abort', () => wake(), { once: true });
    try {
      while (!ended.aborted) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
    }
  }

  /** A removed member's subscription ends also where nobody writes. */
  private hearEnding(key: string, ended: AbortSignal, tell: () => void): void {
    const endings = this.live.subscribe({ keys: [key], types: [chatMemberRemoved.type], signal: ended });
    const listen = async (): Promise<void> => {
      for await (const { event } of endings) if (event) tell();
    };
    // Should the stream end with an error, it is asked at the next signal.
    listen().catch(tell);
  }
}

function channelOf(roomId: string): string {
  return `typing:${roomId}`;
}

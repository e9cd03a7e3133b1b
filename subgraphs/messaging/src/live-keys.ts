import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

const text = z.string().nullish();
const related = z.object({ roomId: text, userId: text });

/**
 * Keys by which a live subscription finds an event: what it is about, the chat room that it happened in, the person whom it
 * concerns, and that person's membership of that room.
 */
export function liveKeys(event: DomainEvent): readonly string[] {
  const noun = event.type.split('.')[2] ?? '';
  const { roomId, userId } = related.safeParse(event.data).data ?? {};
  const room = roomId ?? (noun === 'chat-room' ? event.subject : undefined);
  return [
    `${noun}:${event.subject}`,
    ...(room ? [`room:${room}`] : []),
    ...(userId ? [`user:${userId}`] : []),
    ...(room && userId ? [`member:${room}:${userId}`] : []),
  ];
}

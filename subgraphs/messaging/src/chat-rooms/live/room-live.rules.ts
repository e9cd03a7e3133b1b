import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';
import {
  chatMemberAdded,
  chatMemberRead,
  chatMemberRemoved,
  chatMemberUpdated,
  chatMessageDeleted,
  chatMessageEdited,
  chatMessagePinned,
  chatMessageSent,
  chatRoomUpdated,
} from '../../events.js';

/** Types of the events by which a room changes for those who belong to it. */
export const roomEvents: readonly string[] = [
  chatRoomUpdated,
  chatMemberAdded,
  chatMemberUpdated,
  chatMemberRemoved,
  chatMemberRead,
  chatMessageSent,
  chatMessageEdited,
  chatMessageDeleted,
  chatMessagePinned,
].map(({ type }) => type);

/** In rooms with more members nobody is told what each of the others has read: it would be told their number squared. */
export const MOST_READERS_TOLD = 50;

const related = z.object({ roomId: z.string().optional(), userId: z.string().optional() });

/** The room that an event is about, and the member, if it is about one. */
export function aboutRoom(event: DomainEvent): { roomId: string; userId: string | undefined } {
  const { roomId = event.subject, userId } = related.parse(event.data);
  return { roomId, userId };
}

/** Did somebody's own membership begin or end by this event? */
export function movesMember(event: DomainEvent, userId: string): boolean {
  const moves = event.type === chatMemberAdded.type || event.type === chatMemberRemoved.type;
  return moves && event.subject === userId;
}

/** What others may hear of an event about a member: nothing of how that one has the room, and of reading where it is few. */
export type Audience = 'everybody' | 'few' | 'member';

/** @see Audience */
export function audienceOf({ type }: DomainEvent): Audience {
  if (type === chatMemberUpdated.type) return 'member';
  return type === chatMemberRead.type ? 'few' : 'everybody';
}

import type { DomainEvent } from '@tutorgraph/kit/events/event';
import {
  chatMemberRemoved,
  chatMessageDeleted,
  chatMessageEdited,
  chatMessagePinned,
  chatMessageReacted,
  chatMessageSent,
} from '../events.js';

/** What may become of a message. */
export const messageChanges = ['SENT', 'EDITED', 'DELETED', 'REACTED', 'PINNED'] as const;
/** @see messageChanges */
export type MessageChange = (typeof messageChanges)[number];

const changeByType: ReadonlyMap<string, MessageChange> = new Map([
  [chatMessageSent.type, 'SENT'],
  [chatMessageEdited.type, 'EDITED'],
  [chatMessageDeleted.type, 'DELETED'],
  [chatMessageReacted.type, 'REACTED'],
  [chatMessagePinned.type, 'PINNED'],
]);

/** Types of the events that whoever listens to a room's messages hears: changes of messages, and who may hear no more. */
export const heardInRoom: readonly string[] = [...changeByType.keys(), chatMemberRemoved.type];

/** What an event says of its message; null when it is about none. */
export function changeOf(event: DomainEvent | null): MessageChange | null {
  return (event && changeByType.get(event.type)) ?? null;
}

/** Ids of the people whose right to hear ended with an event. */
export function endedFor(event: DomainEvent | null): string[] {
  return event?.type === chatMemberRemoved.type ? [chatMemberRemoved.parse(event).userId] : [];
}

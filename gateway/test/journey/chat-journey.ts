import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from './person.js';
import { Watch } from './watch.js';

const CREATE_ROOM = `mutation CreateChatRoom($input: CreateChatRoomInput!) {
  createChatRoom(input: $input) { room { id } userErrors { code field message } }
}`;
const SEND = `mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id sequence } userErrors { code field message } }
}`;
const REMOVE_MEMBER = `mutation RemoveChatMember($input: ChatMemberReferenceInput!) {
  removeChatMember(input: $input) { userErrors { code field message } }
}`;
const ME = '{ me { id } }';
const RECEIVED = `subscription MessageReceived($roomId: ID!, $after: String) {
  messageReceived(roomId: $roomId, after: $after) { cursor kind message { id sequence text author { displayName } } }
}`;
/** What is read of the room is each viewer's own: nobody shares this one. */
const RECEIVED_IN_ROOM = `subscription MessageInRoom($roomId: ID!, $after: String) {
  messageReceived(roomId: $roomId, after: $after) { cursor message { id sequence text room { unreadCount } } }
}`;

/** A message as a subscription shows it. */
export interface SeenMessage {
  id: string;
  sequence: number;
  text: string;
}

/** The id of somebody's account. */
export async function idOf(person: Person): Promise<string> {
  return (await person.run<{ me: { id: string } }>(ME)).me.id;
}

/** Staff makes a room with members. @returns its id */
export async function createRoom(staff: Person, title: string, memberIds: readonly string[]): Promise<string> {
  const input = { kind: 'NAMED', title, memberIds };
  return (await staff.run<{ createChatRoom: { room: { id: string } } }>(CREATE_ROOM, { input })).createChatRoom.room.id;
}

/** Sends a message as a good client does: again with the same key until there is an answer. @returns its sequence */
export async function sendMessage(person: Person, roomId: string, text: string, key: string): Promise<number> {
  const input = { roomId, text, idempotencyKey: key };
  for (;;) {
    try {
      const { sendMessage: sent } = await person.run<{ sendMessage: { message: SeenMessage } }>(SEND, { input });
      return sent.message.sequence;
    } catch (error) {
      if (!isOutage(error)) throw error;
      await delay(100);
    }
  }
}

/** Staff takes somebody out of a room. */
export async function removeMember(staff: Person, roomId: string, userId: string): Promise<void> {
  await staff.run(REMOVE_MEMBER, { input: { roomId, userId } });
}

const received = { field: 'messageReceived', payload: 'message' };

/** The messages of a room, live. */
export function watchMessages(person: Person, roomId: string): Promise<Watch<SeenMessage>> {
  return Watch.start(person, { ...received, query: RECEIVED, variables: { roomId } });
}

/** The same with something that is the viewer's own. */
export function watchOwnView(person: Person, roomId: string): Promise<Watch<SeenMessage>> {
  return Watch.start(person, { ...received, query: RECEIVED_IN_ROOM, variables: { roomId } });
}

/** A process that is gone: the connection is refused or cut, or the gateway finds nobody to ask; or it was too much at once. */
function isOutage(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error);
  return /fetch failed|terminated|ECONN|UND_ERR|SERVICE_UNAVAILABLE|INTERNAL_SERVER_ERROR|socket|JSON|TOO_MANY_MESSAGES|RATE_LIMITED/.test(
    text,
  );
}

import { transaction } from '@tutorgraph/kit/database/transaction';
import { chatMessageType } from '../catalogue/chat/chat-message.js';
import { named } from '../catalogue/names.js';
import type { Values } from '../catalogue/values.js';
import type { Asking } from '../consumers/notifications.consumer.js';
import { Ask } from '../facts/ask.js';
import { type Person, peopleOf } from '../facts/people.js';
import type { NewNotification } from '../notifications/new-notification.js';
import { type AwayMember, findAwayMembers } from './away-member.repository.js';

/** Who has not read for so long is away. */
export const AWAY_MS = 20_000;
const AT_ONCE = 500;

/**
 * Tells members of a room who are away that messages wait for them, once until they have read. It may be repeated: what
 * makes a notification the only one is up to where somebody had read.
 *
 * @returns whether there are others who may be away soon
 */
export async function tellAwayMembers(
  { graph, em: own, notifier }: Asking,
  roomId: string,
  now: Date,
): Promise<boolean> {
  const em = own.fork();
  const unread = await findAwayMembers(em, roomId, now);
  const away = unread.filter(({ since }) => since.getTime() <= now.getTime() - AWAY_MS);
  const people = await peopleOf(
    new Ask(graph, em),
    away.flatMap(({ userId, authorId }) => (authorId ? [userId, authorId] : [userId])),
  );
  const notifications = away.flatMap((member) => notificationOf(roomId, member, people));
  for (let from = 0; from < notifications.length; from += AT_ONCE) {
    await transaction(em, (tx) => notifier.notify(tx, notifications.slice(from, from + AT_ONCE), now));
  }
  return away.length < unread.length;
}

function notificationOf(roomId: string, member: AwayMember, people: ReadonlyMap<string, Person>): NewNotification[] {
  const person = people.get(member.userId);
  if (!person || person.isErased || person.isSuspended) return [];
  const author = member.authorId ? people.get(member.authorId) : undefined;
  const { type, urgency, channels } = chatMessageType;
  return [
    {
      ...{ type, urgency, channels },
      userId: member.userId,
      timeZone: person.timeZone,
      values: valuesOf(member, author),
      target: { kind: 'CHAT_ROOM', id: roomId },
      sourceId: `${roomId}:${member.lastRead}`,
    },
  ];
}

function valuesOf(
  { roomKind, roomTitle, unread: count }: AwayMember,
  author: Person | undefined,
): Record<string, string | number> {
  const values: Values = { ...named('author', author), count };
  if (roomTitle !== null) return { ...values, roomTitle, context: 'ROOM' };
  return { ...values, context: roomKind === 'SUPPORT' ? 'SUPPORT' : 'DIRECT' };
}

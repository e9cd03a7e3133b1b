import { MOST_PER_PAGE } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { ownMemberships, roomsById } from '../chat-members/membership.js';
import type { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { chatMessagesById } from '../chat-messages/chat-message.repository.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { Notification } from '../notifications/notification.entity.js';
import { notificationsById } from '../notifications/notification.repository.js';
import { type ChangeRow, findChanges, readNow } from './change.repository.js';
import { decodeSyncCursor, encodeSyncCursor, isUsable } from './sync-cursor.js';

/** One page of what changed. */
export interface ChangePage {
  changes: ChangeRow[];
  cursor: string;
  hasMore: boolean;
  isReset: boolean;
}

/**
 * What changed for the viewer. A device that asks again and again until nothing more is there has seen every change that was
 * committed before it began to ask, each once, however long and in whatever order transactions take: see
 * docs/decisions/0022-devices-sync-by-snapshots.md.
 */
export class ChangesService {
  /** @throws BAD_USER_INPUT for a page size out of bounds, or a cursor that no device was given */
  async since(context: RequestContext, cursor: string | null | undefined, first: number): Promise<ChangePage> {
    if (first < 1 || first > MOST_PER_PAGE) throw badUserInput(`first must be between 1 and ${MOST_PER_PAGE}`);
    const { em, user } = context;
    const held = cursor ? decodeSyncCursor(cursor) : null;
    // Taken before the changes are read: what commits in between belongs to the next round.
    const { epoch, ...now } = await readNow(em);
    const from = held && isUsable(held, user.userId, { epoch, ...now }) ? held : null;
    const since = from?.since ?? null;
    const upTo = from?.round?.upTo ?? now;
    const round = { viewerId: user.userId, since: since?.snapshot ?? null, upTo: upTo.snapshot };
    const found = await findChanges(em, { ...round, after: from?.round?.after ?? null }, first + 1);
    const changes = found.slice(0, first);
    const last = changes.at(-1);
    const next =
      found.length > first && last ? { since, round: { upTo, after: last.position } } : { since: upTo, round: null };
    return {
      changes,
      cursor: encodeSyncCursor({ viewerId: user.userId, epoch, ...next }),
      hasMore: next.round !== null,
      isReset: from === null,
    };
  }

  /** Messages by id, in that order, of rooms to which the viewer belongs. */
  async messages(context: RequestContext, ids: readonly string[]): Promise<ChatMessage[]> {
    const found = await Promise.all(ids.map((id) => context.loader(chatMessagesById).load(id)));
    const messages = found.filter((message) => message !== null);
    const members = await Promise.all(messages.map(({ roomId }) => context.loader(ownMemberships).load(roomId)));
    return messages.filter((_message, index) => members[index]);
  }

  /** The room of a change; null when the viewer does not belong to it any longer. */
  async room(context: RequestContext, { id, isGone }: { id: string; isGone: boolean }): Promise<ChatRoom | null> {
    if (isGone || !(await context.loader(ownMemberships).load(id))) return null;
    return context.loader(roomsById).load(id);
  }

  /** The notification of a change; null when it was deleted. */
  async notification(
    context: RequestContext,
    { id, isGone }: { id: string; isGone: boolean },
  ): Promise<Notification | null> {
    const notification = isGone ? null : await context.loader(notificationsById).load(id);
    return notification && context.isUser(notification.userId) && !notification.deletedAt ? notification : null;
  }
}

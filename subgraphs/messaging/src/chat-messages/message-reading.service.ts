import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { findReadableRoom, roomsById } from '../chat-members/membership.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { ChatAttachment, ChatMessage } from './chat-message.entity.js';
import {
  attachmentsByMessage,
  chatMessagesById,
  findPage,
  lastMessages,
  pinsOfRooms,
} from './chat-message.repository.js';
import { hideContacts } from './contacts.rules.js';
import { searchMessages } from './message-search.js';
import { LONGEST_SEARCH } from './search.rules.js';

/** How long an address of a file lasts at least, in seconds; within ten minutes everybody gets the same one. */
const FILE_SECONDS = 60 * 60;
const SAME_ADDRESS_SECONDS = 10 * 60;

/** Reading what is written in rooms. What a room hides, it hides from everybody: also from who wrote it. */
export class MessageReadingService {
  constructor(private readonly storage: ObjectStorage) {}

  /** A page of a room's messages; null when the viewer may not read there. */
  async list(context: RequestContext, roomId: string, page: PageRequest): Promise<Connection<ChatMessage> | null> {
    const access = await findReadableRoom(context, roomId);
    return access && findPage(context.em, roomId, page);
  }

  /**
   * Searches a room, or all to which the viewer belongs; null when they may not read there.
   *
   * @throws BAD_USER_INPUT for a text that is too long
   */
  async search(
    context: RequestContext,
    { roomId, text }: { roomId: string | null | undefined; text: string },
    page: PageRequest,
  ): Promise<Connection<ChatMessage> | null> {
    if (text.length > LONGEST_SEARCH) throw badUserInput(`text must have at most ${LONGEST_SEARCH} characters`);
    if (!roomId) return searchMessages(context.em, { userId: context.user.userId }, text, page);
    const access = await findReadableRoom(context, roomId);
    return access && searchMessages(context.em, { roomId: access.room.id }, text, page);
  }

  /** A room's last message, for whoever may read there. */
  async last(context: RequestContext, { id }: ChatRoom): Promise<ChatMessage | null> {
    return (await findReadableRoom(context, id)) && context.loader(lastMessages).load(id);
  }

  /** What a room keeps in view, for whoever may read there. */
  async pinned(context: RequestContext, { id }: ChatRoom): Promise<ChatMessage[]> {
    return (await findReadableRoom(context, id)) ? context.loader(pinsOfRooms).load(id) : [];
  }

  /** A message's text as it is shown. */
  text(context: RequestContext, { roomId, text }: ChatMessage): Promise<string> {
    return this.shown(context, roomId, text);
  }

  /** Is something of a message's text hidden? */
  async hidesContacts(context: RequestContext, { roomId, text }: ChatMessage): Promise<boolean> {
    return (await this.shown(context, roomId, text)) !== text;
  }

  /** The message that one answers, a deleted one too. */
  async replyTo(context: RequestContext, { replyToId }: ChatMessage): Promise<ChatMessage | null> {
    return replyToId ? context.loader(chatMessagesById).load(replyToId) : null;
  }

  /** Files of a message, as they are called in its room. */
  async attachments(context: RequestContext, { id, roomId }: ChatMessage): Promise<ChatAttachment[]> {
    const files = await context.loader(attachmentsByMessage).load(id);
    return Promise.all(files.map(async (file) => ({ ...file, name: await this.shown(context, roomId, file.name) })));
  }

  /** Where a file can be had for an hour. */
  url({ key, name }: ChatAttachment): Promise<string> {
    return this.storage.signGet(key, {
      expiresInSeconds: FILE_SECONDS + SAME_ADDRESS_SECONDS,
      stableForSeconds: SAME_ADDRESS_SECONDS,
      downloadName: name,
    });
  }

  private async shown(context: RequestContext, roomId: string, text: string): Promise<string> {
    const room = await context.loader(roomsById).load(roomId);
    return room?.hidesContacts ? hideContacts(text) : text;
  }
}

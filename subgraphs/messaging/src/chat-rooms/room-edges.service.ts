import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { ChatMember } from '../chat-members/chat-member.entity.js';
import { bannedPages, memberPages } from '../chat-members/chat-member.repository.js';
import { mayModerate, ownMemberships } from '../chat-members/membership.js';
import { blockedByViewer } from '../moderation/blocks.js';
import type { ChatRoom } from './chat-room.entity.js';
import { peopleOf } from './unique-key.js';

/** What lies around a room that the viewer may know of. */
export class RoomEdgesService {
  /** After whom a room is called; a DIRECT one is to its two people alone. */
  counterpart(context: RequestContext, room: ChatRoom): { id: string } | null {
    const [one, other] = peopleOf(room);
    if (room.kind === 'SUPPORT') return one === undefined ? null : { id: one };
    if (one === undefined || other === undefined) return null;
    if (context.isUser(one)) return { id: other };
    return context.isUser(other) ? { id: one } : null;
  }

  /** A page of its members, those first who have belonged to it longest. */
  members(context: RequestContext, room: ChatRoom, page: PageRequest): Promise<Connection<ChatMember>> {
    return context.loader(memberPages).load({ parent: room.id, page });
  }

  /** A page of whom it keeps out, for those who may lift bans. */
  async banned(context: RequestContext, room: ChatRoom, page: PageRequest): Promise<Connection<ChatMember> | null> {
    if (!mayModerate(context, { room, member: await this.own(context, room) })) return null;
    return context.loader(bannedPages).load({ parent: room.id, page });
  }

  /** Has the viewer blocked the other one of the two? */
  async isBlocked(context: RequestContext, room: ChatRoom): Promise<boolean> {
    const other = room.kind === 'DIRECT' ? this.counterpart(context, room) : null;
    return other !== null && context.loader(blockedByViewer).load(other.id);
  }

  /** The viewer's own membership. */
  own(context: RequestContext, room: ChatRoom): Promise<ChatMember | null> {
    return context.loader(ownMemberships).load(room.id);
  }

  /** How many messages the viewer has not read. */
  async countUnread(context: RequestContext, room: ChatRoom): Promise<number> {
    const own = await this.own(context, room);
    return own ? Math.max(0, room.lastSequence - own.lastReadSequence) : 0;
  }
}

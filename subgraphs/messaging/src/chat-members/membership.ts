import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { isManaged } from '../chat-rooms/chat-room.rules.js';
import { peopleOf } from '../chat-rooms/unique-key.js';
import type { MessagingErrorCode } from '../errors.js';
import { ownInspections } from '../moderation/inspections.js';
import { ChatMember } from './chat-member.entity.js';

/** A room, and what the viewer is in it. */
export interface RoomAccess {
  room: ChatRoom;
  /** Null for staff and services that are no members. */
  member: ChatMember | null;
}

/** Rooms by id, batched; whoever loads one decides who sees it. */
export const roomsById = defineLoader<string, ChatRoom | null>(
  async ({ em }, ids) => {
    const rooms = await em.find(ChatRoom, { id: { $in: ids.filter(isId) } });
    return new Map(rooms.map((room) => [room.id, room]));
  },
  { absent: () => null },
);

/** The viewer's own memberships by room, batched; null where they are none, or none any longer. */
export const ownMemberships = defineLoader<string, ChatMember | null>(
  async ({ em, viewer }, roomIds) => {
    if (viewer.kind !== 'user') return new Map();
    const members = await em.find(ChatMember, {
      userId: viewer.userId,
      roomId: { $in: roomIds.filter(isId) },
      endedAt: null,
    });
    return new Map(members.map((member) => [member.roomId, member]));
  },
  { absent: () => null },
);

/**
 * A room that the viewer may know of: its members, whoever answers in support rooms, whoever manages groups and named
 * rooms, whoever moderates; services, by the scopes of their tokens. It does not mean that they may read what is written.
 */
export async function findRoom(context: RequestContext, roomId: string): Promise<RoomAccess | null> {
  const access = await load(context, roomId);
  return access && mayKnow(context, access) ? access : null;
}

/** A room whose messages the viewer may read, also as somebody who inspects it; null when there is none. */
export async function findReadableRoom(context: RequestContext, roomId: string): Promise<RoomAccess | null> {
  const access = await load(context, roomId);
  if (!access || mayRead(context, access)) return access;
  return context.can('messaging.rooms.moderate') && (await context.loader(ownInspections).load(roomId)) ? access : null;
}

/**
 * A room, locked against every other change of it, of its members and of its messages until the transaction ends. Every
 * write in a room begins with it.
 */
export function lockRoom(tx: EntityManager, roomId: string): Promise<ChatRoom | null> {
  return isId(roomId) ? tx.findOne(ChatRoom, { id: roomId }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : none;
}

/** Somebody's membership that has not ended; it stays so while the transaction holds the room's lock. */
export function findMember(em: EntityManager, roomId: string, userId: string): Promise<ChatMember | null> {
  return em.findOne(ChatMember, { roomId, userId, endedAt: null });
}

/**
 * A room, locked, and the viewer's membership of it.
 *
 * @throws Refusal NOT_FOUND when the viewer may not read what is written in it
 */
export async function lockReadableRoom(
  context: RequestContext,
  tx: EntityManager,
  roomId: string,
  field: readonly string[] = ['input', 'roomId'],
): Promise<RoomAccess> {
  const access = await lockAccess(context, tx, roomId);
  if (access && mayRead(context, access)) return access;
  throw new Refusal<MessagingErrorCode>('NOT_FOUND', field);
}

/** A room that the viewer may know of, locked, and their membership of it. @throws Refusal NOT_FOUND */
export async function lockKnownRoom(
  context: RequestContext,
  tx: EntityManager,
  roomId: string,
  field: readonly string[] = ['input', 'roomId'],
): Promise<RoomAccess> {
  const access = await lockAccess(context, tx, roomId);
  if (access && mayKnow(context, access)) return access;
  throw new Refusal<MessagingErrorCode>('NOT_FOUND', field);
}

/**
 * A group or a named room that the viewer may change, locked: its moderators may, and staff that manages rooms.
 *
 * @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR
 */
export async function lockManagedRoom(context: RequestContext, tx: EntityManager, roomId: string): Promise<RoomAccess> {
  const access = await lockKnownRoom(context, tx, roomId);
  if (!isManaged(access.room.kind)) throw new Refusal<MessagingErrorCode>('NOT_IN_SUCH_ROOMS', ['input', 'roomId']);
  if (access.member?.role === 'MODERATOR' || context.can('messaging.rooms.manage')) return access;
  throw new Refusal<MessagingErrorCode>('NOT_A_MODERATOR');
}

/** May the viewer delete others' messages and ban people in this room? Its moderators may, and staff that moderates. */
export function mayModerate(context: RequestContext, { member }: RoomAccess): boolean {
  return member?.role === 'MODERATOR' || context.can('messaging.rooms.moderate');
}

/** Moderators do not put each other out, unless they are staff. @throws Refusal IS_MODERATOR */
export function refuseModerator(context: RequestContext, { role, userId }: ChatMember): void {
  if (role !== 'MODERATOR' || context.isUser(userId)) return;
  if (context.can('messaging.rooms.manage') || context.can('messaging.rooms.moderate')) return;
  throw new Refusal<MessagingErrorCode>('IS_MODERATOR', ['input', 'userId']);
}

const none = Promise.resolve(null);

async function load(context: RequestContext, roomId: string): Promise<RoomAccess | null> {
  const [room, member] = await Promise.all([
    context.loader(roomsById).load(roomId),
    context.loader(ownMemberships).load(roomId),
  ]);
  return room && { room, member };
}

async function lockAccess(context: RequestContext, tx: EntityManager, roomId: string): Promise<RoomAccess | null> {
  const room = await lockRoom(tx, roomId);
  return room && { room, member: await findMember(tx, room.id, context.user.userId) };
}

function mayKnow(context: RequestContext, access: RoomAccess): boolean {
  if (mayRead(context, access) || context.can('messaging.rooms.moderate')) return true;
  return isManaged(access.room.kind) && context.can('messaging.rooms.manage');
}

/** Staff that answers in a support room does so as long as it may, member or not. */
function mayRead(context: RequestContext, { room, member }: RoomAccess): boolean {
  if (context.isService) return true;
  if (room.kind !== 'SUPPORT' || (member && peopleOf(room).includes(member.userId))) return member !== null;
  return context.can('messaging.support.answer');
}

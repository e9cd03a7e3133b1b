import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { RoomAccess } from './membership.js';

type MemberAction = `messaging.member.${string}`;

/** Tells the audit log what staff did to a member; whoever moderates the room themselves does not act as staff. */
export function auditMember(
  context: RequestContext,
  tx: EntityManager,
  access: RoomAccess,
  action: MemberAction,
  userId: string,
): void {
  if (access.member?.role !== 'MODERATOR') auditModeration(context, tx, access, action, userId);
}

/** Tells the audit log of a ban, or of the end of one, whoever did it. */
export function auditModeration(
  context: RequestContext,
  tx: EntityManager,
  { room }: RoomAccess,
  action: MemberAction,
  userId: string,
): void {
  recordStaffAction(tx, context, { action, resource: 'ChatRoom', resourceId: room.id, userId });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { defineEvent, type EventType } from '../events/event.js';
import { recordEvent } from '../events/outbox.js';
import type { RequestContext } from '../graphql/context.js';

/** What a room tells of one thing that a member of staff did; ids and names only, nothing that a person wrote. */
const ofStaffAction = z.object({
  /** Who did it. */
  actorId: z.uuid(),
  /** `<room>.<noun>.<verb>`, such as `marketplace.verification.approve`. */
  action: z.string(),
  /** What kind of thing it was done to, such as `Verification`. */
  resource: z.string(),
  resourceId: z.uuid(),
  /** Whose data it was; null when it was nobody's. */
  userId: z.uuid().nullable(),
  /** Names of what was changed. */
  fields: z.array(z.string()),
  /** The request that did it, as in the logs. */
  requestId: z.string(),
});

/** What rooms tell of staff; every room whose staff acts on people's data names them in its list of events. */
export interface AuditEvents {
  performed: EventType<typeof ofStaffAction>;
}

/** The events by which a room tells what staff did in it; accounts keeps them in its audit log. */
export function auditEvents(room: string): AuditEvents {
  return {
    performed: defineEvent({
      type: `tutorgraph.${room}.staff-action.performed.v1`,
      description:
        "A member of staff did something to somebody's data, or to what holds for all. Subject: the resource.",
      data: ofStaffAction,
    }),
  };
}

/** Something that a member of staff did. */
export interface StaffAction {
  /** `<room>.<noun>.<verb>`, such as `marketplace.verification.approve`. */
  action: `${string}.${string}.${string}`;
  /** What kind of thing it was done to, such as `Verification`. */
  resource: string;
  resourceId: string;
  /** Whose data it was. @default nobody's */
  userId?: string | null;
  /** Names of what was changed, never values. @default none */
  fields?: readonly string[];
}

/**
 * Tells accounts' audit log what the viewer does as staff, in the transaction that does it: it is in the log when that
 * commits, once, and never otherwise.
 */
export function recordStaffAction(
  tx: EntityManager,
  { user, metadata }: Pick<RequestContext, 'user' | 'metadata'>,
  { action, resource, resourceId, userId = null, fields = [] }: StaffAction,
): void {
  const [room = ''] = action.split('.');
  const data = { actorId: user.userId, action, resource, resourceId, userId };
  const { requestId } = metadata;
  recordEvent(
    tx,
    auditEvents(room).performed.create({ subject: resourceId, data: { ...data, fields: [...fields], requestId } }),
  );
}

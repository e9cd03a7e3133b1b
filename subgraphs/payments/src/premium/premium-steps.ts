import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { premiumEnded, premiumPastDue } from '../events.js';
import { graceAfter, mayPremiumBecome, type PremiumStatus } from './premium.rules.js';
import type { PremiumMembership } from './premium-membership.entity.js';

/** Takes a membership to another status. @throws Error for a step that there is not */
export function moveMembership(membership: PremiumMembership, to: PremiumStatus, now: Date): void {
  const { id, status } = membership;
  if (!mayPremiumBecome(status, to)) throw new Error(`Membership ${id} is ${status} and cannot become ${to}`);
  Object.assign(membership, { status: to, updatedAt: now });
}

/** Ends a membership and tells of it, if it was ever paid; may be repeated. */
export function endMembership(tx: EntityManager, membership: PremiumMembership, now: Date): void {
  if (membership.status === 'ENDED') return;
  moveMembership(membership, 'ENDED', now);
  Object.assign(membership, { endedAt: now, graceUntil: null, checkoutUrl: null });
  const { id, tutorId, userId, premiumUntil } = membership;
  if (!premiumUntil) return;
  const data = { tutorId, userId, premiumUntil: premiumUntil.toISOString() };
  recordEvent(tx, premiumEnded.create({ subject: id, data }));
}

/** An invoice was not paid: the membership goes on for some days. */
export function fallBehind(tx: EntityManager, membership: PremiumMembership, graceDays: number, now: Date): void {
  if (membership.status !== 'ACTIVE') return;
  moveMembership(membership, 'PAST_DUE', now);
  const { id, tutorId, userId, premiumUntil = null } = membership;
  const graceUntil = graceAfter(premiumUntil, graceDays, now);
  membership.graceUntil = graceUntil;
  const data = { tutorId, userId, graceUntil: graceUntil.toISOString() };
  recordEvent(tx, premiumPastDue.create({ subject: id, data }));
}

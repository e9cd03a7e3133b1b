import { createHash } from 'node:crypto';

/** For so many days an order is fresh: later hardly anybody still looks for somebody. */
export const FRESH_DAYS = 14;
/** Another tutor among so many is a change. */
const TOP = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Until when an order is fresh. */
export function freshUntil({ createdAt }: { createdAt: Date }): Date {
  return new Date(createdAt.getTime() + FRESH_DAYS * DAY_MS);
}

/** Is an order open and fresh? */
export function isFresh(order: { status: string; createdAt: Date }, now: Date): boolean {
  return order.status === 'OPEN' && now < freshUntil(order);
}

/** Names those at the top of a list, whatever their order. @param tutorIds the best first */
export function topOf(tutorIds: readonly string[]): string {
  const top = tutorIds.slice(0, TOP).toSorted();
  return createHash('sha256').update(top.join()).digest('base64url');
}

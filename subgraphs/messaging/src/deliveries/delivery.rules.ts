import type { Urgency } from '../notifications/notification.rules.js';

/** Where the delivery of a notification on one channel stands. */
export const deliveryStatuses = ['QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'] as const;
/** QUEUED waits or is tried again; SENT was taken over; DELIVERED by the provider's word; the other two never arrive. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** What may follow upon each status; the rest is refused. */
const transitions: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  QUEUED: ['SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'],
  // A provider may say later that it arrived, or that it came back.
  SENT: ['DELIVERED', 'FAILED'],
  DELIVERED: [],
  FAILED: [],
  SUPPRESSED: [],
};

/** The statuses from which a delivery may come to one. */
export function statusesBefore(to: DeliveryStatus): DeliveryStatus[] {
  return deliveryStatuses.filter((from) => transitions[from].includes(to));
}

/** Why a delivery failed or was suppressed. */
export const deliveryReasons = [
  'READ',
  'DELETED',
  'SWITCHED_OFF',
  'EXPIRED',
  'NO_ACCOUNT',
  'NO_ADDRESS',
  'NO_DEVICE',
  'NO_CHANNEL',
  'SUPPRESSED',
  'HARD_BOUNCE',
  'BLOCKED_BY_USER',
  'REFUSED',
  'UNAVAILABLE',
  'FAULT',
] as const;
/** @see deliveryReasons */
export type DeliveryReason = (typeof deliveryReasons)[number];

/** Reasons for which nothing was tried: there was no way to the person, or no need. */
const untried: ReadonlySet<DeliveryReason> = new Set([
  'READ',
  'DELETED',
  'SWITCHED_OFF',
  'EXPIRED',
  'NO_ACCOUNT',
  'NO_ADDRESS',
  'NO_DEVICE',
  'NO_CHANNEL',
  'SUPPRESSED',
]);

/** How a delivery ends that does not arrive. */
export function endingFor(reason: DeliveryReason): 'FAILED' | 'SUPPRESSED' {
  return untried.has(reason) ? 'SUPPRESSED' : 'FAILED';
}

/** How often a message is tried before it is given up. */
export const MOST_ATTEMPTS = 8;
/** Seconds between the tries: half an hour in all. */
const PAUSES = [10, 20, 60, 120, 270, 480, 840];
/** Each pause is longer or shorter by up to this share, so that what failed together does not come back together. */
const JITTER = 0.2;
/** A provider that wants to be left alone for longer than this is not obeyed. */
const LONGEST_PAUSE_SECONDS = 30 * 60;

/**
 * When a message is tried again that could not be taken.
 *
 * @param attempts how often it was tried, this time included
 * @param ask `retryAfterSeconds`: what the provider asks for; `random`: from 0 to 1, @default by chance
 * @returns null when it is given up
 */
export function nextTry(
  attempts: number,
  now: Date,
  { retryAfterSeconds = 0, random = Math.random() }: { retryAfterSeconds?: number | undefined; random?: number } = {},
): Date | null {
  const pause = attempts < MOST_ATTEMPTS ? PAUSES[attempts - 1] : undefined;
  if (pause === undefined) return null;
  const own = pause * (1 - JITTER + 2 * JITTER * random);
  return new Date(now.getTime() + Math.max(own, Math.min(retryAfterSeconds, LONGEST_PAUSE_SECONDS)) * 1_000);
}

const priorities: Readonly<Record<Urgency, number>> = { CRITICAL: 0, HIGH: 1, NORMAL: 2, LOW: 3 };

/** Which deliveries that are due go first: the lower. */
export function priorityOf(urgency: Urgency): number {
  return priorities[urgency];
}

/** When messages of a channel are sent that can wait. */
export const digestModes = ['NONE', 'HOURLY', 'MORNING'] as const;
/** NONE: at once; HOURLY: together, an hour after the first; MORNING: together, at eight of the person's clock. */
export type DigestMode = (typeof digestModes)[number];

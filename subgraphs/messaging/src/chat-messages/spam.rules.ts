import type { RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { staffRoles, type UserViewer } from '@tutorgraph/kit/viewer/viewer';

/** What one person may write in one room: more than anybody types. */
export const ROOM_BURST: RateRule = { name: 'messages-in-room', points: 30, seconds: 10 };
/** What one person may write in all rooms. */
export const PERSON_PACE: RateRule = { name: 'messages-of-person', points: 120, seconds: 60 };
/** How often one person may write the same text, wherever. */
export const SAME_TEXT: RateRule = { name: 'same-message', points: 5, seconds: 10 * 60 };
/** How many messages with links somebody may write whose account is new. */
export const LINKS_OF_NEW: RateRule = { name: 'links-of-new-account', points: 5, seconds: 60 * 60 };
/** Most links in one message of somebody whose account is new. */
export const MOST_LINKS_OF_NEW = 2;

/** How long an account is new. */
const NEW_ACCOUNT_DAYS = 3;
/** Shorter texts, such as a greeting, are the same for good reasons. */
const SHORTEST_COMPARED = 20;

/** What texts are compared by: letters and digits, whatever is between; null for texts that are too short. */
export function comparable(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return plain.length < SHORTEST_COMPARED ? null : plain;
}

/** Is an account so young that links are looked at? */
export function isNewAccount(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < NEW_ACCOUNT_DAYS * 24 * 60 * 60 * 1000;
}

/** May this person send one text to many, as a curator does? */
export function mayRepeat({ role }: UserViewer): boolean {
  return staffRoles.has(role);
}

import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { z } from 'zod';

/** A snapshot of PostgreSQL as text: `xmin:xmax:` and the transactions that were open between the two. */
const snapshot = z.string().regex(/^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/);
const point = z.object({ snapshot, at: z.number().int().nonnegative() });

/** What was committed at a moment. */
export type SyncPoint = z.output<typeof point>;

const position = z.object({
  phase: z.number().int().min(0).max(9),
  groupId: z.uuid(),
  tx: z.string().regex(/^\d{1,19}$/),
  id: z.uuid(),
});

/** A place in the order in which the changes of a round are told. */
export type SyncPosition = z.output<typeof position>;

const cursor = z.object({
  version: z.literal(1),
  viewerId: z.uuid(),
  epoch: z.uuid(),
  /** What the device has; null when it has nothing yet. */
  since: point.nullable(),
  /** In the middle of a round: up to where it goes, and the last change told. */
  round: z.object({ upTo: point, after: position }).nullable(),
});

/** How far a device has come. */
export type SyncCursor = Omit<z.output<typeof cursor>, 'version'>;

/** A cursor as devices keep it: opaque. */
export function encodeSyncCursor(value: SyncCursor): string {
  return Buffer.from(JSON.stringify({ version: 1, ...value })).toString('base64url');
}

/** @throws BAD_USER_INPUT for what no device was given */
export function decodeSyncCursor(text: string): SyncCursor {
  try {
    const { version: _, ...value } = cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return value;
  } catch (cause) {
    throw badUserInput('The cursor is not one that changesSince gave; start without it', cause);
  }
}

/** How long a device may be away, in days: as long as notifications and what was deleted of them are kept. */
export const OLDEST_CURSOR_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Where the database stands. */
export interface SyncNow extends SyncPoint {
  epoch: string;
}

/** Can a device go on from its cursor? Otherwise it starts anew. */
export function isUsable(held: SyncCursor, viewerId: string, now: SyncNow): boolean {
  const points = [held.since, held.round?.upTo].filter((one) => one !== null && one !== undefined);
  return (
    held.viewerId === viewerId &&
    held.epoch === now.epoch &&
    points.every(
      ({ snapshot: text, at }) => now.at - at < OLDEST_CURSOR_DAYS * DAY_MS && endOf(text) <= endOf(now.snapshot),
    )
  );
}

/** Longer texts take a thousand transactions that are open at once. */
const LONGEST_SNAPSHOT = 8_000;

/**
 * A snapshot that fits into a cursor. One that does not is taken as seeing nothing of what was written since its oldest open
 * transaction began: so much is told again, and nothing is lost.
 */
export function bounded(text: string): string {
  if (text.length <= LONGEST_SNAPSHOT) return text;
  const [xmin = '1'] = text.split(':');
  return `${xmin}:${xmin}:`;
}

/** The first transaction that a snapshot knows nothing of. */
function endOf(text: string): bigint {
  return BigInt(text.split(':')[1] ?? 0);
}

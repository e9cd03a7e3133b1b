import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where feeds are, below the origin of whoever serves them. */
export const FEEDS_PATH = '/calendars';

/** Which calendar, and the how manyth address of its feed. */
export interface FeedKey {
  calendarId: string;
  version: number;
}

const TOKEN = /^([0-9a-f]{32})-(\d{1,9})-([A-Za-z0-9_-]{43})$/;

/** What stands in an address: nobody can make one without the secret, and nothing of it is stored. */
export function feedToken(key: FeedKey, secret: string): string {
  return `${key.calendarId.replaceAll('-', '')}-${key.version}-${signature(key, secret)}`;
}

/** Which feed an address means; undefined for one that we did not make. */
export function readFeedToken(token: string, secret: string): FeedKey | undefined {
  const [, hex = '', version, given = ''] = TOKEN.exec(token) ?? [];
  if (!version) return undefined;
  const calendarId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const key = { calendarId, version: Number(version) };
  const isOurs = timingSafeEqual(Buffer.from(given), Buffer.from(signature(key, secret)));
  return isOurs ? key : undefined;
}

function signature({ calendarId, version }: FeedKey, secret: string): string {
  return createHmac('sha256', secret).update(`calendar feed ${calendarId} ${version}`).digest('base64url');
}

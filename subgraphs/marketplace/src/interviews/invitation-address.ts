import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where invitations are, below the origin of whoever serves them. */
export const INVITATIONS_PATH = '/calendars/interviews';

/** Which interview, and for whom: one whom it concerns no longer has an address that finds nothing. */
export interface InvitationKey {
  interviewId: string;
  userId: string;
}

const TOKEN = /^([0-9a-f]{32})-([A-Za-z0-9_-]{43})$/;

/** What stands in an address: nobody can make one without the secret, and nothing of it is stored. */
export function invitationToken(key: InvitationKey, secret: string): string {
  return `${key.interviewId.replaceAll('-', '')}-${signature(key, secret)}`;
}

/** Which interview an address names, not yet believed; undefined when it names none. */
export function interviewOfToken(token: string): string | undefined {
  const [, hex] = TOKEN.exec(token) ?? [];
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Is this the address of this interview for this person? */
export function isInvitationToken(token: string, key: InvitationKey, secret: string): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(invitationToken(key, secret))];
  return given.length === right.length && timingSafeEqual(given, right);
}

function signature({ interviewId, userId }: InvitationKey, secret: string): string {
  return createHmac('sha256', secret).update(`interview invitation ${interviewId} ${userId}`).digest('base64url');
}

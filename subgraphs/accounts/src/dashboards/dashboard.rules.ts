import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { User } from '../users/user.entity.js';

/** What makes an account complete. */
export const profileParts = ['VERIFIED_EMAIL', 'PHONE', 'AVATAR'] as const;
/** @see profileParts */
export type ProfilePart = (typeof profileParts)[number];

/** What an account still lacks. */
export function missingParts(user: Pick<User, 'emailVerifiedAt' | 'phone' | 'avatarKey'>): ProfilePart[] {
  const has: Record<ProfilePart, boolean> = {
    VERIFIED_EMAIL: Boolean(user.emailVerifiedAt),
    PHONE: Boolean(user.phone),
    AVATAR: Boolean(user.avatarKey),
  };
  return profileParts.filter((part) => !has[part]);
}

/** A span of time: `from` is in it, `to` is not. */
export interface Span {
  from: Date;
  to: Date;
}

const LONGEST_SPAN_MS = 10 * 366 * 24 * 60 * 60 * 1000;

/** @throws BAD_USER_INPUT unless the span goes forward and is at most ten years long */
export function checkSpan({ from, to }: Span): void {
  const length = to.getTime() - from.getTime();
  if (length <= 0) throw badUserInput('"to" must be later than "from"');
  if (length > LONGEST_SPAN_MS) throw badUserInput('The span may be at most ten years long');
}

/** The first and the last day that a span touches, in UTC. */
export function daysOf({ from, to }: Span): { first: string; last: string } {
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return { first: day(from.getTime()), last: day(to.getTime() - 1) };
}

import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { z } from 'zod';
import { LESSON_MINUTES, lessonPrice } from '../bookings/booking.rules.js';
import { reference } from '../lessons/lesson.rules.js';
import type { PolicyRules } from '../policies/policy.rules.js';

/** What an hour costs a student, and what the tutor would like to have; in minor units of one currency. */
export interface RateStanding {
  rateMinor: number;
  proposedMinor?: number | null;
}

/**
 * What becomes of what a student has agreed upon when the tutor offers the subject for something else. More needs the
 * student's consent; less holds at once, and never takes anything from whoever pays less already.
 *
 * @returns null when nothing changes for this student
 */
export function afterOffering(
  { rateMinor, proposedMinor = null }: RateStanding,
  { from, to }: { from: number; to: number },
): Required<RateStanding> | null {
  if (from === to) return null;
  if (rateMinor < to) {
    const isAsked = to > from || proposedMinor !== null;
    return isAsked && proposedMinor !== to ? { rateMinor, proposedMinor: to } : null;
  }
  // Whoever has agreed upon more than is asked of everybody now goes on so, unless the tutor has become cheaper.
  const next = to < from ? to : rateMinor;
  return next === rateMinor && proposedMinor === null ? null : { rateMinor: next, proposedMinor: null };
}

/** A package of lessons and what it costs, in minor units. */
export interface PackagePrice {
  lessons: number;
  discountPercent: number;
  fullMinor: number;
  priceMinor: number;
}

/** What each package costs of lessons that take so many minutes; its discount is rounded once, half up. */
export function packagePrices({ packages }: PolicyRules, hourlyMinor: number, minutes: number): PackagePrice[] {
  return packages.sizes.map(({ lessons, discountPercent }) => {
    const fullMinor = lessons * lessonPrice(hourlyMinor, minutes);
    return { lessons, discountPercent, fullMinor, priceMinor: Math.round((fullMinor * (100 - discountPercent)) / 100) };
  });
}

/** Is this how long a lesson may take? */
export function isLessonLength(minutes: number): boolean {
  const { least, most, step } = LESSON_MINUTES;
  return minutes >= least && minutes <= most && minutes % step === 0;
}

/** What a student says of a proposal, and which one it was. */
export const proposalAnswer = z.object({ rateId: reference, proposedRate: moneyRules, accept: z.boolean() });

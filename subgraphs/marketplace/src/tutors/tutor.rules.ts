import { z } from 'zod';
import { city, languageList, lessonFormatList, longText, text } from '../lessons/lesson.rules.js';

/** How tutors can be ordered. */
export const tutorOrders = ['RELEVANCE', 'RATING', 'PRICE_LOW', 'PRICE_HIGH', 'NEWEST', 'EXPERIENCE'] as const;
/** @see tutorOrders */
export type TutorOrderName = (typeof tutorOrders)[number];

/** An ISO 4217 code; the scalar has checked that it is one. */
export const currency = z.string().length(3);
const headline = text(1, 150);
const experienceYears = z.number().int().min(0).max(80);

/** What a new profile must look like. */
export const newProfile = z.object({
  headline,
  biography: longText(5_000).nullish(),
  education: longText(2_000).nullish(),
  city: city.nullish(),
  currency,
  languages: languageList,
  formats: lessonFormatList,
  experienceYears,
});

/** What may change in a profile: what is left out stays, null clears what may be empty. */
export const profileChange = z.object({
  headline: headline.nullish(),
  biography: longText(5_000).nullish(),
  education: longText(2_000).nullish(),
  city: city.nullish(),
  currency: currency.nullish(),
  languages: languageList.nullish(),
  formats: lessonFormatList.nullish(),
  experienceYears: experienceYears.nullish(),
});

/** To be found or not. */
export const visibility = z.object({ hidden: z.boolean() });

/** The mean of all ratings to two decimals; null when there is none. */
export function meanRating(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round((sum / count) * 100) / 100;
}

/** Teaching in person needs a city. */
export function hasCityForFormats(profile: { formats: readonly string[]; city?: string | null }): boolean {
  return Boolean(profile.city) || !profile.formats.includes('IN_PERSON');
}

/** Whether a tutor is premium, by which membership, and until when that was ever known to last. */
export interface PremiumStanding {
  premium: boolean;
  premiumMembershipId?: string | null;
  premiumUntil?: Date | null;
}

/** A membership is paid until then, or over. */
export interface PremiumNews {
  membershipId: string;
  until: Date | null;
}

/**
 * What holds after some news of a membership, also when it comes twice, or older news after newer: of one membership
 * what lasts longer wins, and it stays over once it was over; what is over takes nothing from the one that came after it.
 */
export function afterPremium(standing: PremiumStanding, { membershipId, until }: PremiumNews): PremiumStanding {
  const { premiumMembershipId: current = null, premiumUntil: known = null } = standing;
  if (until) {
    const isOld = current === membershipId && known !== null && until <= known;
    return isOld ? standing : { premium: true, premiumMembershipId: membershipId, premiumUntil: until };
  }
  const isOther = current !== null && current !== membershipId;
  return isOther ? standing : { premium: false, premiumMembershipId: membershipId, premiumUntil: known };
}

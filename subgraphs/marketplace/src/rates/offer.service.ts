import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { bookingAmount } from '../bookings/booking-prices.js';
import type { Offering } from '../offerings/offering.entity.js';
import { offeringsByTutor } from '../offerings/offering.repository.js';
import { policyNow } from '../policies/policy.repository.js';
import { subjectsById } from '../subjects/subject.repository.js';
import { maySeeTutor } from '../tutors/tutor.access.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import { agreedRates, type HourlyRate } from './rate.repository.js';
import { isLessonLength, packagePrices } from './rate.rules.js';
import type { PackageOffer } from './rate.types.js';

/** What lessons cost before they are booked: as the viewer has agreed upon, else as the tutor offers. */
export class OfferService {
  /** What the first lesson costs. */
  async trialPrice(context: RequestContext, offering: Offering): Promise<Money | null> {
    const [rate, { rules }] = [await this.rate(context, offering), await context.loader(policyNow).load('now')];
    if (!rate) return null;
    const amountMinor = bookingAmount(rules, 'TRIAL', rate.rateMinor, rules.trial.minutes);
    return { amountMinor, currency: rate.currency };
  }

  /** What several lessons cost at once. @throws BAD_USER_INPUT for a length that no lesson has */
  async packages(
    context: RequestContext,
    { tutorId, subjectId }: Pick<Offering, 'tutorId' | 'subjectId'>,
    durationMinutes: number,
  ): Promise<PackageOffer[]> {
    if (!isLessonLength(durationMinutes)) {
      throw badUserInput('durationMinutes must be from 15 to 240 in steps of five');
    }
    const rate = await this.rate(context, { tutorId, subjectId });
    if (!rate) return [];
    const { rules } = await context.loader(policyNow).load('now');
    const { currency, rateMinor } = rate;
    const { validDays } = rules.packages;
    return packagePrices(rules, rateMinor, durationMinutes).map((price) => {
      return { ...price, durationMinutes, validDays, currency };
    });
  }

  /** As {@link packages}, of a tutor whom the viewer may see and who takes bookings; null otherwise. */
  async packagesOf(
    context: RequestContext,
    wanted: { tutorId: string; subjectId: string },
    durationMinutes: number,
  ): Promise<PackageOffer[] | null> {
    const [tutor, subject] = [
      await context.loader(tutorsById).load(wanted.tutorId),
      await context.loader(subjectsById).load(wanted.subjectId),
    ];
    const isBookable =
      tutor && !tutor.hiddenAt && subject && !subject.archivedAt && (await maySeeTutor(context, tutor));
    return isBookable ? this.packages(context, wanted, durationMinutes) : null;
  }

  private async rate(
    context: RequestContext,
    parties: Pick<Offering, 'tutorId' | 'subjectId'>,
  ): Promise<HourlyRate | null> {
    const { tutorId, subjectId } = parties;
    const agreed = context.viewer.kind === 'user' && (await context.loader(agreedRates).load({ tutorId, subjectId }));
    if (agreed) return agreed;
    const [tutor, offerings] = [
      await context.loader(tutorsById).load(tutorId),
      await context.loader(offeringsByTutor).load(tutorId),
    ];
    const offering = offerings.find((one) => one.subjectId === subjectId);
    return tutor && offering ? { rateMinor: offering.rateMinor, currency: tutor.currency } : null;
  }
}

import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { taughtMinutes } from '../bookings/booking.repository.js';
import { bookingAmount } from '../bookings/booking-prices.js';
import type { Offering } from '../offerings/offering.entity.js';
import { offeringsByTutor } from '../offerings/offering.repository.js';
import { policyNow } from '../policies/policy.repository.js';
import { commissionPercent } from '../policies/policy.rules.js';
import { subjectsById } from '../subjects/subject.repository.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import { agreedRates, type HourlyRate, type RateParties } from './rate.repository.js';
import { isLessonLength, packagePrices } from './rate.rules.js';
import type { PackageOffer, PackageTerms } from './rate.types.js';

/** What is taught by whom. */
type Taught = Pick<Offering, 'tutorId' | 'subjectId'>;

/** What lessons cost before they are booked: as the student has agreed upon, else as the tutor offers. */
export class OfferService {
  /** What the first lesson costs. */
  async trialPrice(context: RequestContext, offering: Offering): Promise<Money | null> {
    const [rate, { rules }] = [
      await this.rate(context, offering, viewerOf(context)),
      await context.loader(policyNow).load('now'),
    ];
    if (!rate) return null;
    const amountMinor = bookingAmount(rules, 'TRIAL', rate.rateMinor, rules.trial.minutes);
    return { amountMinor, currency: rate.currency };
  }

  /** What several lessons cost the viewer at once. @throws BAD_USER_INPUT for a length that no lesson has */
  packages(context: RequestContext, taught: Taught, durationMinutes: number): Promise<PackageOffer[]> {
    if (!isLessonLength(durationMinutes)) {
      throw badUserInput('durationMinutes must be from 15 to 240 in steps of five');
    }
    return this.packagesFor(context, taught, durationMinutes, viewerOf(context));
  }

  /** As {@link packages}, of a tutor whom the viewer may see and who takes bookings; null otherwise. */
  async packagesOf(context: RequestContext, wanted: Taught, durationMinutes: number): Promise<PackageOffer[] | null> {
    return (await this.isBookable(context, wanted)) ? this.packages(context, wanted, durationMinutes) : null;
  }

  /** Under what payments sells one package to a student; null when nobody can buy such a one now. */
  async terms(
    context: RequestContext,
    { studentId, ...taught }: RateParties,
    wanted: { lessons: number; durationMinutes: number },
  ): Promise<PackageTerms | null> {
    if (!(isId(studentId) && isLessonLength(wanted.durationMinutes))) return null;
    const tutor = await context.loader(tutorsById).load(taught.tutorId);
    if (tutor?.userId === studentId || !(await this.isBookable(context, taught))) return null;
    const packages = await this.packagesFor(context, taught, wanted.durationMinutes, studentId);
    const bought = packages.find(({ lessons }) => lessons === wanted.lessons);
    if (!bought) return null;
    const { id: policyId, rules } = await context.loader(policyNow).load('now');
    const taughtBefore = await taughtMinutes(context.em, taught.tutorId);
    return {
      ...wanted,
      amount: { amountMinor: bought.priceMinor, currency: bought.currency },
      validDays: bought.validDays,
      commissionPercent: commissionPercent(rules, 'REGULAR', taughtBefore),
      policyId,
    };
  }

  private async packagesFor(
    context: RequestContext,
    taught: Taught,
    durationMinutes: number,
    studentId: string | null,
  ): Promise<PackageOffer[]> {
    const rate = await this.rate(context, taught, studentId);
    if (!rate) return [];
    const { rules } = await context.loader(policyNow).load('now');
    const { currency, rateMinor } = rate;
    const { validDays } = rules.packages;
    return packagePrices(rules, rateMinor, durationMinutes).map((price) => {
      return { ...price, durationMinutes, validDays, currency };
    });
  }

  private async isBookable(context: RequestContext, { tutorId, subjectId }: Taught): Promise<boolean> {
    const [tutor, subject] = [
      await context.loader(tutorsById).load(tutorId),
      await context.loader(subjectsById).load(subjectId),
    ];
    return Boolean(tutor && !tutor.hiddenAt && subject && !subject.archivedAt);
  }

  private async rate(
    context: RequestContext,
    { tutorId, subjectId }: Taught,
    studentId: string | null,
  ): Promise<HourlyRate | null> {
    const agreed = studentId && (await context.loader(agreedRates).load({ tutorId, studentId, subjectId }));
    if (agreed) return agreed;
    const [tutor, offerings] = [
      await context.loader(tutorsById).load(tutorId),
      await context.loader(offeringsByTutor).load(tutorId),
    ];
    const offering = offerings.find((one) => one.subjectId === subjectId);
    return tutor && offering ? { rateMinor: offering.rateMinor, currency: tutor.currency } : null;
  }
}

function viewerOf({ viewer }: RequestContext): string | null {
  return viewer.kind === 'user' ? viewer.userId : null;
}

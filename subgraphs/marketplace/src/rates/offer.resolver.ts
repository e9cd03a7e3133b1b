import { Public, ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Offering } from '../offerings/offering.entity.js';
import { OfferingType } from '../offerings/offering.types.js';
import type { OfferService } from './offer.service.js';
import { PackageOffer, PackageTerms } from './rate.types.js';

const ofMinutes = {
  description: 'How many minutes each lesson takes: 15 to 240 in steps of five.',
  defaultValue: 60,
} as const;

/** What lessons cost, below what a tutor offers. */
@Resolver(() => OfferingType)
export class OfferingPricesResolver {
  constructor(private readonly offers: OfferService) {}

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the first lesson costs; its length is `bookingPolicy.rules.trial.minutes`.',
  })
  trialPrice(@Root() offering: Offering, @Ctx() context: RequestContext): Promise<Money | null> {
    return this.offers.trialPrice(context, offering);
  }

  @FieldResolver(() => [PackageOffer], {
    description:
      'What several lessons cost at once, the smallest package first; at what you have agreed upon, if you have.',
  })
  packages(
    @Root() offering: Offering,
    @Arg('durationMinutes', () => Int, ofMinutes) durationMinutes: number,
    @Ctx() context: RequestContext,
  ): Promise<PackageOffer[]> {
    return this.offers.packages(context, offering, durationMinutes);
  }
}

/** Packages of lessons in the graph. */
@Resolver(() => PackageOffer)
export class PackageOfferResolver {
  constructor(private readonly offers: OfferService) {}

  @FieldResolver(() => Money, { description: 'What the package costs.' })
  price(@Root() { priceMinor, currency }: PackageOffer): Money {
    return { amountMinor: priceMinor, currency };
  }

  @FieldResolver(() => Money, { description: 'What as many lessons cost one by one.' })
  fullPrice(@Root() { fullMinor, currency }: PackageOffer): Money {
    return { amountMinor: fullMinor, currency };
  }

  @Public()
  @Query(() => [PackageOffer], {
    nullable: true,
    description:
      'What several lessons of a tutor cost at once, at most 20, the smallest package first; at what you have agreed upon, if you have. Null when the tutor takes no bookings in the subject.',
  })
  packageOffers(
    @Arg('tutorId', () => ID, { description: 'Who teaches.' }) tutorId: string,
    @Arg('subjectId', () => ID, { description: 'What is taught.' }) subjectId: string,
    @Arg('durationMinutes', () => Int, ofMinutes) durationMinutes: number,
    @Ctx() context: RequestContext,
  ): Promise<PackageOffer[] | null> {
    return this.offers.packagesOf(context, { tutorId, subjectId }, durationMinutes);
  }

  @ServiceOnly('packageTerms')
  @Directive('@inaccessible')
  @Query(() => PackageTerms, {
    nullable: true,
    description:
      'Under what a student can buy one package now; null when nobody can buy such a one. For our services only.',
  })
  packageTerms(
    @Arg('studentId', () => ID, { description: 'Who buys it.' }) studentId: string,
    @Arg('tutorId', () => ID, { description: 'Who teaches.' }) tutorId: string,
    @Arg('subjectId', () => ID, { description: 'What is taught.' }) subjectId: string,
    @Arg('lessons', () => Int, { description: 'How many lessons, as one of `packageOffers` has.' }) lessons: number,
    @Arg('durationMinutes', () => Int, { description: 'How many minutes each lesson takes.' }) durationMinutes: number,
    @Ctx() context: RequestContext,
  ): Promise<PackageTerms | null> {
    return this.offers.terms(context, { studentId, tutorId, subjectId }, { lessons, durationMinutes });
  }
}

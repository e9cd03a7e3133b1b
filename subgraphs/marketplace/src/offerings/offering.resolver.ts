import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorError } from '../tutors/tutor.payloads.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { Offering } from './offering.entity.js';
import type { OfferingService } from './offering.service.js';
import {
  AddOfferingInput,
  AddOfferingPayload,
  OfferingType,
  UpdateOfferingInput,
  UpdateOfferingPayload,
  WithdrawOfferingInput,
  WithdrawOfferingPayload,
} from './offering.types.js';

/** What a tutor offers, below the tutor. */
@Resolver(() => TutorType)
export class TutorOfferingsResolver {
  constructor(private readonly service: OfferingService) {}

  @FieldResolver(() => [OfferingType], {
    description: 'What the tutor teaches, at most 20; first what was added first.',
  })
  offerings(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<Offering[]> {
    return this.service.ofTutor(context, tutor);
  }
}

/** Offerings in the graph. */
@Resolver(() => OfferingType)
export class OfferingResolver {
  constructor(private readonly offerings: OfferingService) {}

  @FieldResolver(() => SubjectType, { description: 'What is taught.' })
  subject(@Root() offering: Offering, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.offerings.subject(context, offering);
  }

  @FieldResolver(() => Money, { description: 'What an hour costs.' })
  hourlyRate(@Root() offering: Offering, @Ctx() context: RequestContext): Promise<Money | null> {
    return this.offerings.hourlyRate(context, offering);
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => AddOfferingPayload, { nullable: true, description: 'Adds a subject to what you teach.' })
  addOffering(
    @Arg('input', () => AddOfferingInput, { description: 'What you offer.' }) input: AddOfferingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, TutorError, () => this.offerings.add(context, input));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => UpdateOfferingPayload, {
    nullable: true,
    description:
      'Changes levels or rate of an offering of yours. A lower rate holds for your present students at once; a higher one is proposed to them, and what they have booked keeps its price.',
  })
  updateOffering(
    @Arg('input', () => UpdateOfferingInput, { description: 'What to change.' }) input: UpdateOfferingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, TutorError, () => this.offerings.update(context, input));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => WithdrawOfferingPayload, {
    nullable: true,
    description: 'Gives up a subject; orders, applications and bookings stay as they are.',
  })
  withdrawOffering(
    @Arg('input', () => WithdrawOfferingInput, { description: 'Which offering.' }) input: WithdrawOfferingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, TutorError, async () => ({ tutor: await this.offerings.withdraw(context, input) }));
  }
}

import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { BookingReference, TutorReference } from '../people/entities.types.js';
import { UserReference } from '../people/user.types.js';
import type { Payment } from './payment.entity.js';
import type { PaymentService } from './payment.service.js';
import { PaymentType } from './payment.types.js';

/** Payments in the graph. */
@Resolver(() => PaymentType)
export class PaymentResolver {
  constructor(private readonly payments: PaymentService) {}

  @FieldResolver(() => Money, { description: 'What it comes to.' })
  amount(@Root() { amountMinor, currency }: Payment): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => UserReference, { description: 'Who pays.' })
  payer(@Root() { payerId }: Payment): UserReference {
    return { id: payerId };
  }

  @FieldResolver(() => TutorReference, { description: 'Who teaches what is paid for.' })
  tutor(@Root() { tutorId }: Payment): TutorReference {
    return { id: tutorId };
  }

  @FieldResolver(() => BookingReference, { nullable: true, description: 'The lesson; null for a package.' })
  booking(@Root() { bookingId }: Payment): BookingReference | null {
    return bookingId ? { id: bookingId } : null;
  }

  @SignedIn()
  @Query(() => PaymentType, {
    nullable: true,
    description: 'A payment by id; null when there is none that you may see.',
  })
  payment(
    @Arg('id', () => ID, { description: 'Identity of the payment.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Payment | null> {
    return this.payments.find(context, id);
  }
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { LessonPackage } from '../packages/package.entity.js';
import { PackageType } from '../packages/package.types.js';
import { BookingReference } from '../people/entities.types.js';
import type { Payment } from './payment.entity.js';
import type { PaymentService } from './payment.service.js';
import { PaymentType } from './payment.types.js';

/** Payments of bookings. */
@Resolver(() => BookingReference)
export class BookingPaymentResolver {
  constructor(private readonly payments: PaymentService) {}

  @FieldResolver(() => PaymentType, {
    nullable: true,
    description: 'Its payment, for its student and staff: the one that counts, or the last one that ended unpaid.',
  })
  payment(@Root() { id }: BookingReference, @Ctx() context: RequestContext): Promise<Payment | null> {
    return this.payments.ofBooking(context, id);
  }
}

/** Payments of packages. */
@Resolver(() => PackageType)
export class PackagePaymentResolver {
  constructor(private readonly payments: PaymentService) {}

  @FieldResolver(() => PaymentType, { nullable: true, description: 'By which it is bought.' })
  payment(@Root() { id }: LessonPackage, @Ctx() context: RequestContext): Promise<Payment | null> {
    return this.payments.ofPackage(context, id);
  }
}

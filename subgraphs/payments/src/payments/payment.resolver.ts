import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { LessonPackage } from '../packages/package.entity.js';
import { packagesById } from '../packages/package.repository.js';
import { PackageType } from '../packages/package.types.js';
import { BookingReference, CourseReference, TutorReference } from '../people/entities.types.js';
import { UserReference } from '../people/user.types.js';
import type { ReceiptUrls } from '../receipts/receipt-urls.js';
import type { Payment } from './payment.entity.js';
import type { PaymentService } from './payment.service.js';
import { PaymentConnection, PaymentsFilter, PaymentType } from './payment.types.js';

/** Payments in the graph. */
@Resolver(() => PaymentType)
export class PaymentResolver {
  constructor(
    private readonly reading: PaymentService,
    private readonly receipts: ReceiptUrls,
  ) {}

  @FieldResolver(() => Money, { description: 'What it comes to.' })
  amount(@Root() { amountMinor, currency }: Payment): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => Money, { description: 'Of that, what went back, or is on its way back.' })
  refundedAmount(@Root() { refundedMinor, currency }: Payment): Money {
    return { amountMinor: refundedMinor, currency };
  }

  @FieldResolver(() => UserReference, { description: 'Who pays.' })
  payer(@Root() { payerId }: Payment): UserReference {
    return { id: payerId };
  }

  @FieldResolver(() => TutorReference, {
    nullable: true,
    description: 'Who teaches what is paid for; null for a course of the school.',
  })
  tutor(@Root() { tutorId }: Payment): TutorReference | null {
    return tutorId ? { id: tutorId } : null;
  }

  @FieldResolver(() => CourseReference, { nullable: true, description: 'The course that is bought; null otherwise.' })
  course(@Root() { courseId }: Payment): CourseReference | null {
    return courseId ? { id: courseId } : null;
  }

  @FieldResolver(() => BookingReference, { nullable: true, description: 'The lesson; null for a package or a course.' })
  booking(@Root() { bookingId }: Payment): BookingReference | null {
    return bookingId ? { id: bookingId } : null;
  }

  @FieldResolver(() => PackageType, {
    nullable: true,
    description: 'The package that is bought, or from which the lesson is paid; null without one.',
  })
  async package(@Root() { packageId }: Payment, @Ctx() context: RequestContext): Promise<LessonPackage | null> {
    return packageId ? context.loader(packagesById).load(packageId) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the last attempt failed and what to do, ready to be shown; null when none has failed.',
  })
  failureMessage(@Root() payment: Payment, @Ctx() context: RequestContext): string | null {
    return this.reading.failure(context, payment);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The receipt as a PDF in your language, behind an address that is good for some minutes; null before it is paid.',
  })
  receiptUrl(@Root() payment: Payment, @Ctx() context: RequestContext): string | null {
    return this.receipts.of(payment, context.locale, new Date());
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
    return this.reading.find(context, id);
  }

  @SignedIn()
  @Query(() => PaymentConnection, { nullable: true, description: 'Payments of your own, the newest first.' })
  myPayments(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Payment>> {
    return this.reading.own(context, page);
  }

  @Requires('payments.payments.read-any')
  @Query(() => PaymentConnection, { nullable: true, description: "Everybody's payments, the newest first." })
  payments(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => PaymentsFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: PaymentsFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Payment>> {
    return this.reading.list(context, filter, page);
  }
}

import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Payment } from '../payments/payment.entity.js';
import { PaymentType } from '../payments/payment.types.js';
import type { Refund } from './refund.entity.js';
import { RefundError, RefundPaymentInput, RefundPaymentPayload } from './refund.payloads.js';
import { refundsByPayment } from './refund.repository.js';
import type { RefundService } from './refund.service.js';
import { RefundType } from './refund.types.js';

/** Refunds in the graph. */
@Resolver(() => RefundType)
export class RefundResolver {
  constructor(private readonly refunds: RefundService) {}

  @FieldResolver(() => Money, { description: 'How much goes back.' })
  amount(@Root() { amountMinor, paymentId }: Refund, @Ctx() context: RequestContext): Promise<Money> {
    return this.refunds.money(context, paymentId, amountMinor);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What staff said of it; for staff only.' })
  note(@Root() { note }: Refund, @Ctx() context: RequestContext): string | null {
    return context.can('payments.payments.read-any') ? (note ?? null) : null;
  }

  @Requires('payments.refunds.make')
  @Mutation(() => RefundPaymentPayload, {
    nullable: true,
    description:
      'Gives money of a payment back to the student, all or a part; for staff. The tutor and the platform give their parts in proportion, also of what the tutor has been paid already. A whole lesson that was paid from a package goes back to the package while that lasts; of a package, lessons are paid back that were not taken.',
  })
  refundPayment(
    @Arg('input', () => RefundPaymentInput, { description: 'Which one, how much, and why.' }) input: RefundPaymentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RefundError, () => this.refunds.refund(context, input));
  }
}

/** What went back of payments. */
@Resolver(() => PaymentType)
export class PaymentRefundsResolver {
  @FieldResolver(() => [RefundType], { description: 'What went back, or is on its way; the first one first.' })
  refunds(@Root() { id }: Payment, @Ctx() context: RequestContext): Promise<Refund[]> {
    return context.loader(refundsByPayment).load(id);
  }

  @FieldResolver(() => Money, { description: 'How much went back in all, or is on its way.' })
  refundedAmount(@Root() { refundedMinor: amountMinor, currency }: Payment): Money {
    return { amountMinor, currency };
  }
}

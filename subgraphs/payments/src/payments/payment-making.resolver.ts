import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { packagesById } from '../packages/package.repository.js';
import type { PackageService } from '../packages/package.service.js';
import { PaymentError } from './payment.errors.js';
import {
  BuyPackageInput,
  BuyPackagePayload,
  CancelPaymentInput,
  CancelPaymentPayload,
  ConfirmPaymentInput,
  ConfirmPaymentPayload,
  CreateCheckoutInput,
  CreateCheckoutPayload,
  CreatePaymentIntentInput,
  CreatePaymentIntentPayload,
} from './payment-making.payloads.js';
import type { PaymentMakingService } from './payment-making.service.js';
import type { PaymentStandingService } from './payment-standing.service.js';

const LIMITS = { viewer: { points: 60, seconds: 60 * 10 } };

/** Paying in the graph. */
@Resolver()
export class PaymentMakingResolver {
  constructor(
    private readonly making: PaymentMakingService,
    private readonly packages: PackageService,
    private readonly standing: PaymentStandingService,
  ) {}

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => CreateCheckoutPayload, {
    nullable: true,
    description:
      'Opens a page of Stripe on which you pay for a lesson. While it is not paid, the same page is answered again; a payment in your own form that was begun before is ended.',
  })
  createCheckout(
    @Arg('input', () => CreateCheckoutInput, { description: 'Which lesson.' }) input: CreateCheckoutInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => ({ payment: await this.making.checkout(context, input) }));
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => CreatePaymentIntentPayload, {
    nullable: true,
    description:
      "Begins the payment of a lesson in a form of your own, by Stripe's SDK. While it is not paid, the same payment is answered again; a page of Stripe that was opened before is ended.",
  })
  createPaymentIntent(
    @Arg('input', () => CreatePaymentIntentInput, { description: 'Which lesson.' }) input: CreatePaymentIntentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => {
      const payment = await this.making.intent(context, input);
      return { payment, clientSecret: await this.standing.clientSecret(payment) };
    });
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => BuyPackagePayload, {
    nullable: true,
    description:
      'Begins the payment of a package of lessons, one of `packageOffers`. Once it is paid, book lessons with its id.',
  })
  buyPackage(
    @Arg('input', () => BuyPackageInput, { description: 'Which package.' }) input: BuyPackageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => {
      const payment = await this.packages.buy(context, input);
      const clientSecret = await this.standing.clientSecret(payment);
      return { package: await context.loader(packagesById).load(payment.packageId ?? ''), payment, clientSecret };
    });
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => ConfirmPaymentPayload, {
    nullable: true,
    description:
      'Asks Stripe how a payment of yours stands now: for when you come back from its page. It changes nothing, and what Stripe tells by itself arrives without it.',
  })
  confirmPayment(
    @Arg('input', () => ConfirmPaymentInput, { description: 'Which payment.' }) input: ConfirmPaymentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => ({ payment: await this.standing.confirm(context, input) }));
  }

  @Requires('payments.purchases.make')
  @Limited(LIMITS)
  @Mutation(() => CancelPaymentPayload, {
    nullable: true,
    description: 'Ends a payment of yours unpaid. The booking goes on waiting until its time to pay is over.',
  })
  cancelPayment(
    @Arg('input', () => CancelPaymentInput, { description: 'Which payment.' }) input: CancelPaymentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => ({ payment: await this.standing.cancel(context, input) }));
  }
}

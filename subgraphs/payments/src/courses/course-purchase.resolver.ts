import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { PaymentError } from '../payments/payment.errors.js';
import { PayForCourseInput, PayForCoursePayload } from '../payments/payment-making.payloads.js';
import type { PaymentStandingService } from '../payments/payment-standing.service.js';
import type { CoursePurchaseService } from './course-purchase.service.js';

/** Buying courses, in the graph. */
@Resolver()
export class CoursePurchaseResolver {
  constructor(
    private readonly service: CoursePurchaseService,
    private readonly standing: PaymentStandingService,
  ) {}

  @Requires('payments.purchases.make')
  @Limited({ viewer: { points: 60, seconds: 60 * 10 } })
  @Mutation(() => PayForCoursePayload, {
    nullable: true,
    description:
      'Begins the payment of a course; once it is paid, you are enrolled. While it is not, the same payment is answered again. If all of the money goes back, you are out of the course.',
  })
  payForCourse(
    @Arg('input', () => PayForCourseInput, { description: 'Which course.' }) input: PayForCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PaymentError, async () => {
      const payment = await this.service.pay(context, input);
      return { payment, clientSecret: await this.standing.clientSecret(payment) };
    });
  }
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { isRepeated } from '@tutorgraph/kit/idempotency/idempotency';
import type { Cards } from '../customers/cards.js';
import type { Courses, CourseTerms, CourseWish } from '../learning/courses.js';
import { isChargeable } from '../payments/currency.rules.js';
import type { Payment } from '../payments/payment.entity.js';
import type { PaymentErrorCode } from '../payments/payment.errors.js';
import { newCoursePayment } from '../payments/payment.inputs.js';
import type { PaymentOpening } from '../payments/payment-opening.js';
import { type NewPayment, pageLocale } from '../payments/payment-way.js';
import { taxWithin } from '../payments/split.rules.js';
import type { ReturnUrls } from '../return-urls.js';

/** A course that nobody has paid for so long is given up. */
const PAYABLE_MS = 60 * 60 * 1000;

/** Payments for courses of the school. What one costs, learning says; all of it but the tax is the platform's. */
export class CoursePurchaseService {
  constructor(
    private readonly opening: PaymentOpening,
    private readonly courses: Courses,
    private readonly cards: Cards,
    private readonly returnUrls: ReturnUrls,
    private readonly taxPercent: number,
  ) {}

  /**
   * Begins the payment of a course, or finds the one that is open.
   *
   * @throws Refusal INVALID_INPUT, INVALID_RETURN_URL, NOT_FOUND for a card, NOT_OFFERED, ALREADY_PAID, PROCESSING,
   * CURRENCY_NOT_SUPPORTED, PAYMENT_REFUSED, IDEMPOTENCY_KEY_REUSED
   */
  async pay(context: RequestContext, input: unknown): Promise<Payment> {
    const { successUrl, cancelUrl, idempotencyKey: key, ...asked } = accept(newCoursePayment, input, context.locale);
    const page = successUrl && cancelUrl ? { successUrl, cancelUrl, locale: pageLocale(context) } : null;
    if (page) this.returnUrls.accept({ successUrl: page.successUrl, cancelUrl: page.cancelUrl });
    const { userId } = context.user;
    const { courseId, cohortId = null, cardId, saveCard } = asked;
    const wish = { userId, courseId, cohortId };
    const call = { viewerId: userId, mutation: 'payForCourse', key, input: { ...asked, ...page } };
    const terms = await this.courses.terms(wish);
    // Before Stripe is asked for anything; what was begun under this key is found again, whatever is for sale now.
    if (!terms && !(await isRepeated(context.em, call))) throw notOffered();
    const description = context.text('COURSE_LINE', { course: terms?.title ?? '' });
    const opening = { ...(await this.cards.wayToPay(userId, page, cardId)), description, saveCard };
    return this.opening.open(call, async (tx, now) => {
      if (!terms) throw notOffered();
      if (terms.isEnrolled) throw new Refusal<PaymentErrorCode>('ALREADY_PAID', ['input', 'courseId']);
      if (!isChargeable(terms.amount.currency)) throw new Refusal<PaymentErrorCode>('CURRENCY_NOT_SUPPORTED');
      const wanted = this.paymentFor(wish, terms, now);
      const former = await this.opening.formerOfCourse(tx, userId, courseId);
      if (former) return this.opening.reuse(former, wanted, opening.way.method, now);
      return this.opening.place(tx, wanted, opening, now);
    });
  }

  private paymentFor({ userId, courseId, cohortId }: CourseWish, { amount }: CourseTerms, now: Date): NewPayment {
    return {
      ...{ kind: 'COURSE', payerId: userId, tutorId: null, bookingId: null, packageId: null, courseId, cohortId },
      ...amount,
      ...{ commissionPercent: 100, shareMinor: 0, taxMinor: taxWithin(amount.amountMinor, this.taxPercent) },
      expiresAt: new Date(now.getTime() + PAYABLE_MS),
    };
  }
}

function notOffered(): Refusal<PaymentErrorCode> {
  return new Refusal<PaymentErrorCode>('NOT_OFFERED', ['input', 'courseId']);
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { IdempotentCall } from '@tutorgraph/kit/idempotency/idempotency';
import type { Cards } from '../customers/cards.js';
import type { Bookings, BookingTerms } from '../marketplace/bookings.js';
import type { ReturnUrls } from '../return-urls.js';
import { isChargeable } from './currency.rules.js';
import type { Payment } from './payment.entity.js';
import type { PaymentErrorCode } from './payment.errors.js';
import { newCheckout, newIntent } from './payment.inputs.js';
import type { PaymentOpening } from './payment-opening.js';
import { type NewPayment, type Page, pageLocale } from './payment-way.js';
import { splitLesson } from './split.rules.js';

interface LessonWish {
  bookingId: string;
  saveCard: boolean;
  cardId?: string | null | undefined;
}

/** Payments for lessons. What a lesson costs and whose it is, marketplace says. */
export class PaymentMakingService {
  constructor(
    private readonly opening: PaymentOpening,
    private readonly bookings: Bookings,
    private readonly cards: Cards,
    private readonly returnUrls: ReturnUrls,
    private readonly taxPercent: number,
  ) {}

  /**
   * Opens a page of Stripe for a lesson, or finds the one that is open.
   *
   * @throws Refusal INVALID_INPUT, INVALID_RETURN_URL, IDEMPOTENCY_KEY_REUSED, PAYMENT_REFUSED, and what {@link assertPayable}
   * and {@link PaymentOpening.former} refuse
   */
  checkout(context: RequestContext, input: unknown): Promise<Payment> {
    const wish = accept(newCheckout, input, context.locale);
    const { successUrl, cancelUrl, idempotencyKey: key, ...asked } = wish;
    this.returnUrls.accept({ successUrl, cancelUrl });
    const page = { successUrl, cancelUrl, locale: pageLocale(context) };
    const call = { viewerId: context.user.userId, mutation: 'createCheckout', key, input: { ...asked, ...page } };
    return this.pay(context, call, asked, page);
  }

  /** Opens a payment for a lesson that the client's own form makes. @throws Refusal as {@link checkout} */
  intent(context: RequestContext, input: unknown): Promise<Payment> {
    const { idempotencyKey: key, ...asked } = accept(newIntent, input, context.locale);
    const call = { viewerId: context.user.userId, mutation: 'createPaymentIntent', key, input: asked };
    return this.pay(context, call, asked, null);
  }

  private async pay(
    context: RequestContext,
    call: IdempotentCall,
    { bookingId, cardId, saveCard }: LessonWish,
    page: Page | null,
  ): Promise<Payment> {
    const booking = await this.bookings.find(bookingId);
    if (booking?.student.id !== call.viewerId) {
      throw new Refusal<PaymentErrorCode>('NOT_FOUND', ['input', 'bookingId']);
    }
    const tutor = (await this.bookings.tutorName(booking.tutor.id)) ?? '';
    const description = context.text('LESSON_LINE', { tutor, count: booking.durationMinutes ?? 0 });
    const terms = { ...(await this.cards.wayToPay(call.viewerId, page, cardId)), description, saveCard };
    return this.opening.open(call, async (tx, now) => {
      const wanted = this.paymentFor(booking);
      const former = await this.opening.former(tx, bookingId);
      assertPayable(booking, now);
      if (former) return this.opening.reuse(former, wanted, terms.way.method, now);
      return this.opening.place(tx, wanted, terms, now);
    });
  }

  private paymentFor(booking: BookingTerms): NewPayment {
    const { amount, commissionPercent } = booking;
    const { shareMinor, taxMinor } = splitLesson(amount.amountMinor, commissionPercent, this.taxPercent);
    return {
      kind: 'LESSON',
      payerId: booking.student.id,
      tutorId: booking.tutor.id,
      bookingId: booking.id,
      packageId: null,
      amountMinor: amount.amountMinor,
      currency: amount.currency,
      commissionPercent,
      shareMinor,
      taxMinor,
      expiresAt: booking.expiresAt ?? new Date(0),
    };
  }
}

/** @throws Refusal NOT_PAYABLE, BOOKING_EXPIRED, CURRENCY_NOT_SUPPORTED */
function assertPayable({ status, expiresAt, amount }: BookingTerms, now: Date): void {
  if (status === 'EXPIRED') throw new Refusal<PaymentErrorCode>('BOOKING_EXPIRED');
  if (status !== 'PENDING_PAYMENT' || amount.amountMinor === 0) throw new Refusal<PaymentErrorCode>('NOT_PAYABLE');
  if (!expiresAt || expiresAt <= now) throw new Refusal<PaymentErrorCode>('BOOKING_EXPIRED');
  if (!isChargeable(amount.currency)) throw new Refusal<PaymentErrorCode>('CURRENCY_NOT_SUPPORTED');
}

import { newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Cards } from '../customers/cards.js';
import type { Bookings, PackageTerms, PackageWish } from '../marketplace/bookings.js';
import { isChargeable } from '../payments/currency.rules.js';
import type { Payment } from '../payments/payment.entity.js';
import type { PaymentErrorCode } from '../payments/payment.errors.js';
import { newPackage } from '../payments/payment.inputs.js';
import type { PaymentOpening } from '../payments/payment-opening.js';
import { pageLocale } from '../payments/payment-way.js';
import type { ReturnUrls } from '../return-urls.js';
import { maySeePackage } from './package.access.js';
import { LessonPackage } from './package.entity.js';
import { findPackagesOf, packagesById } from './package.repository.js';

/** A package that nobody has paid for so long is given up. */
const PAYABLE_MS = 60 * 60 * 1000;

/** Packages of lessons. */
export class PackageService {
  constructor(
    private readonly opening: PaymentOpening,
    private readonly bookings: Bookings,
    private readonly cards: Cards,
    private readonly returnUrls: ReturnUrls,
  ) {}

  /** A package that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<LessonPackage | null> {
    const lessons = await context.loader(packagesById).load(id);
    return lessons && maySeePackage(context, lessons) ? lessons : null;
  }

  /** A page of the viewer's own packages. */
  own(context: RequestContext, page: PageRequest): Promise<Connection<LessonPackage>> {
    return findPackagesOf(context.em, context.user.userId, page);
  }

  /**
   * Begins the payment of a package on the terms of marketplace.
   *
   * @throws Refusal INVALID_INPUT, INVALID_RETURN_URL, NOT_FOUND for a card, NOT_OFFERED, CURRENCY_NOT_SUPPORTED,
   * PAYMENT_REFUSED, IDEMPOTENCY_KEY_REUSED
   */
  async buy(context: RequestContext, input: unknown): Promise<Payment> {
    const { successUrl, cancelUrl, idempotencyKey: key, ...asked } = accept(newPackage, input, context.locale);
    const page = successUrl && cancelUrl ? { successUrl, cancelUrl, locale: pageLocale(context) } : null;
    if (page) this.returnUrls.accept({ successUrl: page.successUrl, cancelUrl: page.cancelUrl });
    const { userId: viewerId } = context.user;
    const { cardId, saveCard, ...wish } = asked;
    const terms = await this.bookings.packageTerms(viewerId, wish);
    const tutor = (await this.bookings.tutorName(wish.tutorId)) ?? '';
    const description = context.text('PACKAGE_LINE', { tutor, count: wish.lessons, minutes: wish.durationMinutes });
    const opening = { ...(await this.cards.wayToPay(viewerId, page, cardId)), description, saveCard };
    const call = { viewerId, mutation: 'buyPackage', key, input: { ...asked, ...page } };
    return this.opening.open(call, async (tx, now) => {
      if (!terms) throw new Refusal<PaymentErrorCode>('NOT_OFFERED');
      if (!isChargeable(terms.amount.currency)) throw new Refusal<PaymentErrorCode>('CURRENCY_NOT_SUPPORTED');
      const lessons = tx.create(LessonPackage, {
        ...newLessons(wish, terms),
        studentId: viewerId,
        createdAt: now,
        updatedAt: now,
      });
      return this.opening.place(tx, paymentFor(lessons, now), opening, now);
    });
  }
}

function newLessons(wish: PackageWish, { amount, commissionPercent, validDays }: PackageTerms) {
  return { id: newId(), status: 'PENDING' as const, ...wish, ...amount, commissionPercent, validDays };
}

function paymentFor(lessons: LessonPackage, now: Date) {
  const { id: packageId, studentId: payerId, tutorId, amountMinor, currency, commissionPercent } = lessons;
  const what = { kind: 'PACKAGE' as const, payerId, tutorId, bookingId: null, packageId };
  const expiresAt = new Date(now.getTime() + PAYABLE_MS);
  // It becomes shares lesson by lesson.
  return { ...what, amountMinor, currency, commissionPercent, shareMinor: 0, taxMinor: 0, expiresAt };
}

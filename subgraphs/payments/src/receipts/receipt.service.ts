import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { z } from 'zod';
import { courseTitle } from '../learning/courses.js';
import type { Bookings } from '../marketplace/bookings.js';
import { LessonPackage } from '../packages/package.entity.js';
import { Payment } from '../payments/payment.entity.js';
import { type ReceiptFacts, wordReceipt } from './receipt.rules.js';
import { drawReceipt } from './receipt-pdf.js';
import type { ReceiptGrant, ReceiptUrls } from './receipt-urls.js';

/** Receipts of payments; made anew whenever one is fetched, so that it tells what went back since. */
export class ReceiptService {
  constructor(
    private readonly em: EntityManager,
    private readonly graph: GraphClient,
    private readonly bookings: Bookings,
    private readonly messages: Messages,
    private readonly urls: ReceiptUrls,
  ) {}

  /** The receipt behind an address, as a PDF; null when the address is wrong or too old. */
  async read(grant: ReceiptGrant, signature: string, now: Date): Promise<Readable | null> {
    if (!this.urls.allows(grant, signature, now)) return null;
    const payment = await this.em.fork().findOne(Payment, { id: grant.paymentId });
    if (!payment?.paidAt) return null;
    const facts = await this.facts(payment, payment.paidAt);
    return drawReceipt(wordReceipt(facts, grant.locale, this.messages), payment.paidAt);
  }

  private async facts(payment: Payment, paidAt: Date): Promise<ReceiptFacts> {
    const { id: paymentId, method, amountMinor, refundedMinor, currency, payerId, tutorId } = payment;
    const [payer, tutor, bought] = await Promise.all([
      this.payerName(payerId),
      tutorId ? this.bookings.tutorName(tutorId) : null,
      this.bought(payment),
    ]);
    return { paymentId, method, amountMinor, refundedMinor, currency, paidAt, payer, tutor, bought };
  }

  private async bought({ kind, bookingId, packageId, courseId }: Payment): Promise<ReceiptFacts['bought']> {
    if (kind === 'COURSE') {
      return {
        startsAt: null,
        minutes: 0,
        lessons: null,
        course: (await courseTitle(this.graph, courseId ?? '')) ?? '',
      };
    }
    if (kind === 'PACKAGE') {
      const { lessons, durationMinutes } = await this.em.fork().findOneOrFail(LessonPackage, { id: packageId ?? '' });
      return { startsAt: null, minutes: durationMinutes, lessons };
    }
    const booking = await this.bookings.find(bookingId ?? '');
    return { startsAt: booking?.startsAt ?? null, minutes: booking?.durationMinutes ?? 0, lessons: null };
  }

  private async payerName(userId: string): Promise<string | null> {
    const users = await this.graph.entities('accounts', 'User', [userId], ['displayName']);
    return z.string().nullish().parse(users.get(userId)?.['displayName']) ?? null;
  }
}

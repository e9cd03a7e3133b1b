import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { policyOf } from '../policies/policy.repository.js';
import type { Booking } from './booking.entity.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { sideOfViewer } from './booking-desk.js';
import { outsidePayment } from './booking-life.inputs.js';
import { refusalOf } from './booking-life.rules.js';
import { lockWithCalendars } from './booking-lock.js';
import type { BookingPayments } from './booking-payments.js';

/** Lessons that are paid outside the platform. */
export class OutsidePaymentService {
  constructor(private readonly payments: BookingPayments) {}

  /**
   * Confirms a booking because staff says that it is paid; one that has expired only while its time is still free.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, LESSON_BEGUN, SLOT_TAKEN
   */
  async markPaid(context: RequestContext, input: unknown): Promise<Booking> {
    const { bookingId, reason } = accept(outsidePayment, input, context.locale);
    const side = await sideOfViewer(context, bookingId);
    return transaction(context.em, async (tx) => {
      const now = new Date();
      const locked = await lockWithCalendars(tx, bookingId);
      if (!locked) throw new Refusal<BookingErrorCode>('NOT_FOUND', ['input', 'bookingId']);
      const { booking } = locked;
      const { rules } = await policyOf(tx, booking);
      const refusal = refusalOf('MARK_PAID', booking, side, rules, now);
      const markedBy = context.user.userId;
      const unconfirmed = refusal ?? (await this.payments.markPaid(tx, locked, { markedBy, reason }, now));
      if (unconfirmed) throw new Refusal<BookingErrorCode>(unconfirmed);
      const { id: resourceId, studentId: userId } = booking;
      recordStaffAction(tx, context, {
        action: 'marketplace.booking.mark-paid',
        resource: 'Booking',
        resourceId,
        userId,
        fields: ['status', 'paidAt'],
      });
      return booking;
    });
  }
}

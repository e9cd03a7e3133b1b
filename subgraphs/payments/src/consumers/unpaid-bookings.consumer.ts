import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import {
  bookingCancelled,
  bookingConfirmed,
  bookingExpired,
  bookingPaymentAwaited,
} from '@tutorgraph/schema/events/marketplace';
import type { Bookings, BookingTerms } from '../marketplace/bookings.js';
import { payFromPackage } from '../packages/pay-from-package.js';
import { lockPaymentOfBooking } from '../payments/payment.repository.js';
import type { PaymentEnding } from '../payments/payment-ending.js';

/** Pays bookings from packages, and ends payments of those that do not wait for them any longer. */
export function unpaidBookingsConsumer(
  bookings: Bookings,
  ending: PaymentEnding,
  taxPercent: number,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const payFrom: EventHandler<BookingTerms | null> = {
    prepare: ({ subject }) => bookings.find(subject),
    apply: async (tx, _event, booking) => {
      if (booking) await payFromPackage(tx, booking, taxPercent, new Date());
    },
  };
  const endUnpaid: EventHandler = {
    apply: async (tx: EntityManager, { subject }) => {
      const payment = await lockPaymentOfBooking(tx, subject);
      if (payment) await ending.begin(tx, payment);
    },
  };
  return {
    name: 'unpaid-bookings',
    stream: 'marketplace',
    handlers: {
      [bookingPaymentAwaited.type]: payFrom as EventHandler,
      // Staff may have said that it is paid otherwise.
      [bookingConfirmed.type]: endUnpaid,
      [bookingExpired.type]: endUnpaid,
      [bookingCancelled.type]: endUnpaid,
    },
  };
}

import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import { paymentSucceeded } from '@tutorgraph/schema/events/payments';
import type { BookingPayments } from '../bookings/booking-payments.js';

/** Lets money that arrives confirm bookings. */
export function paymentsConsumer(payments: BookingPayments): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'booking-payments',
    stream: 'payments',
    handlers: {
      [paymentSucceeded.type]: {
        apply: async (tx, event) => {
          const { bookingId } = paymentSucceeded.schema.parse(event.data);
          await payments.accept(tx, { paymentId: event.subject, bookingId }, new Date());
        },
      },
    },
  };
}

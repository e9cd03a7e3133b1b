import { defineEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

/** What the payments room says when money for a booking has arrived. */
export const paymentSucceeded = defineEvent({
  type: 'tutorgraph.payments.payment.succeeded.v1',
  description: 'Money for a booking has arrived. Subject: the payment.',
  data: z.object({ bookingId: z.uuid() }),
});

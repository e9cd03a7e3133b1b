import { defineEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

const premiumMembership = z.object({
  tutorId: z.uuid(),
  userId: z.uuid(),
  /** Until when what is paid lasts. Of an ended membership what it last was, also when it ended before. */
  premiumUntil: z.iso.datetime({ offset: true }).optional(),
});

/** What the payments room says when money for a booking has arrived. */
export const paymentSucceeded = defineEvent({
  type: 'tutorgraph.payments.payment.succeeded.v1',
  description: 'Money for a booking has arrived. Subject: the payment.',
  data: z.object({ bookingId: z.uuid() }),
});

/** What it says when a tutor's premium membership begins or is renewed. */
export const premiumActivated = defineEvent({
  type: 'tutorgraph.payments.premium.activated.v1',
  description: 'A tutor is premium, anew or longer. Subject: the membership.',
  data: premiumMembership,
});

/** What it says when a tutor's premium membership is over. */
export const premiumEnded = defineEvent({
  type: 'tutorgraph.payments.premium.ended.v1',
  description: 'A tutor is premium no longer. Subject: the membership.',
  data: premiumMembership,
});

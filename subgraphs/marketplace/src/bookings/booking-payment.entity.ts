import { defineEntity, p } from '@mikro-orm/core';
import { Booking } from './booking.entity.js';

const BookingPaymentSchema = defineEntity({
  name: 'BookingPayment',
  tableName: 'booking_payments',
  indexes: [{ name: 'booking_payments_of_booking', properties: ['bookingId'] }],
  checks: [
    { name: 'booking_payments_reason_check', expression: 'length(reason) <= 500' },
    { name: 'booking_payments_accepted_check', expression: 'accepted or marked_by is null' },
  ],
  properties: {
    /** The payment; payments owns it. An id of its own when staff said that it was paid elsewhere. */
    paymentId: p.uuid().primary(),
    bookingId: () => p.manyToOne(Booking).mapToPk().fieldName('booking_id'),
    /** Was the booking confirmed by it? Otherwise it goes back. */
    accepted: p.boolean(),
    /** The member of staff who said so, and why; null when the money came through payments. */
    markedBy: p.uuid().nullable(),
    reason: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** Money that arrived for a booking: each payment is decided upon once, however often its news are delivered. */
export class BookingPayment extends BookingPaymentSchema.class {}
BookingPaymentSchema.setClass(BookingPayment);

import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { Payment } from '../payments/payment.entity.js';

/** What payments holds about somebody, and what is left of it when they are erased: books must be kept. */
export const paymentsPrivacy: RoomPrivacy = {
  async collect(em, userId) {
    const payments = await em.find(Payment, { payerId: userId }, { orderBy: { createdAt: 'asc' } });
    return {
      sections: {
        payments: payments.map(
          ({ id, kind, status, bookingId, packageId, amountMinor, currency, createdAt, paidAt }) => ({
            ...{ id, kind, status, bookingId, packageId, amountMinor, currency, createdAt, paidAt },
          }),
        ),
      },
    };
  },

  async erase(tx, userId) {
    await forgetIdempotencyKeys(tx, userId);
  },
};

import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Refund } from './refund.entity.js';

/** Refunds of payments, the first one first, batched. */
export const refundsByPayment = defineLoader<string, Refund[]>(
  async ({ em }, paymentIds) => {
    const refunds = await em.find(
      Refund,
      { paymentId: { $in: [...paymentIds] } },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    return Map.groupBy(refunds, ({ paymentId }) => paymentId);
  },
  { absent: () => [] },
);

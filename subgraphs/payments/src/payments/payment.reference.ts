import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeePayment } from './payment.access.js';
import { paymentsById } from './payment.repository.js';

/** A payment by reference: as by id, and for services of ours. */
export const resolvePayment: ReferenceResolver = async ({ id }, context) => {
  const payment = await context.loader(paymentsById).load(id);
  return payment && (context.isService || maySeePayment(context, payment)) ? payment : null;
};

import type { EntityManager } from '@mikro-orm/postgresql';
import { addOperation, type OperationHandler } from '../stripe/stripe-operations.js';
import { Customer } from './customer.entity.js';

const KIND = 'delete-customer';

interface DepartureInput extends Readonly<Record<string, unknown>> {
  customerId: string;
}

/** Has Stripe forget a customer: cards go, and subscriptions end. Charges stay there, and can be refunded. */
export const deleteCustomer: OperationHandler<DepartureInput, null> = {
  kind: KIND,
  async call(stripe, { customerId }, options) {
    await stripe.customers.del(customerId, {}, options);
    return null;
  },
  // Deleting what is deleted does no harm, and is refused.
  find: async () => null,
  done: async () => {},
  refused: async () => {},
};

/** Has Stripe forget somebody who is erased, and forgets whom Stripe knew. May be repeated. */
export async function leaveStripe(tx: EntityManager, userId: string): Promise<void> {
  const customer = await tx.findOne(Customer, { userId });
  if (customer?.stripeCustomerId) beginDeparture(tx, userId, customer.stripeCustomerId);
  await tx.nativeDelete(Customer, { userId });
}

/** Has Stripe forget a customer. @param userId whose it was */
export function beginDeparture(tx: EntityManager, userId: string, customerId: string): void {
  addOperation(tx, KIND, { subjectId: userId, input: { customerId } });
}

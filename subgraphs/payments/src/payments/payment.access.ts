import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Payment } from './payment.entity.js';

/** May the viewer see this payment? It is for its payer and staff; what a tutor earns is told by the tutor's balance. */
export function maySeePayment(context: RequestContext, { payerId }: Payment): boolean {
  return context.isUser(payerId) || context.can('payments.payments.read-any');
}

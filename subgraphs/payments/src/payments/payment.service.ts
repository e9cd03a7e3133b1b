import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { maySeePayment } from './payment.access.js';
import type { Payment } from './payment.entity.js';
import { paymentsById } from './payment.repository.js';

/** Reads payments. */
export class PaymentService {
  /** A payment that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Payment | null> {
    const payment = await context.loader(paymentsById).load(id);
    return payment && maySeePayment(context, payment) ? payment : null;
  }
}

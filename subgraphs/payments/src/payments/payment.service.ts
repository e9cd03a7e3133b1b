import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { failureKey } from './failure.rules.js';
import { maySeePayment } from './payment.access.js';
import type { Payment } from './payment.entity.js';
import {
  findPayments,
  type PaymentSelection,
  paymentsByBooking,
  paymentsById,
  paymentsByPackage,
} from './payment.repository.js';

/** Reads payments. */
export class PaymentService {
  /** A payment that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Payment | null> {
    return visible(context, await context.loader(paymentsById).load(id));
  }

  /** The payment of a lesson, if the viewer may see it. */
  async ofBooking(context: RequestContext, bookingId: string): Promise<Payment | null> {
    return visible(context, await context.loader(paymentsByBooking).load(bookingId));
  }

  /** The payment by which a package was bought, if the viewer may see it. */
  async ofPackage(context: RequestContext, packageId: string): Promise<Payment | null> {
    return visible(context, await context.loader(paymentsByPackage).load(packageId));
  }

  /** A page of the viewer's own payments. */
  own(context: RequestContext, page: PageRequest): Promise<Connection<Payment>> {
    return findPayments(context.em, { payerId: context.user.userId }, page);
  }

  /** A page of everybody's payments, for staff. */
  list(
    context: RequestContext,
    filter: PaymentSelection | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Payment>> {
    return findPayments(context.em, filter ?? {}, page);
  }

  /** What the payer can do after an attempt that failed, in the viewer's language; null without one. */
  failure(context: RequestContext, { failureCode }: Payment): string | null {
    return failureCode ? context.text(failureKey(failureCode)) : null;
  }
}

function visible(context: RequestContext, payment: Payment | null): Payment | null {
  return payment && maySeePayment(context, payment) ? payment : null;
}

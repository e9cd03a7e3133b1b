import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { type IdempotentCall, once } from '@tutorgraph/kit/idempotency/idempotency';
import { paymentOpened } from '../events.js';
import { pendingOperation } from '../stripe/pending-operations.js';
import { reached } from '../stripe/reached.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { Payment } from './payment.entity.js';
import type { PaymentErrorCode } from './payment.errors.js';
import { OPENING_KINDS } from './payment.operations.js';
import { lockPaymentOfBooking, lockPaymentOfCourse } from './payment.repository.js';
import { isPaid } from './payment.rules.js';
import { recordPayment } from './payment.transitions.js';
import type { PaymentEnding } from './payment-ending.js';
import type { NewPayment, OpeningTerms, Way } from './payment-way.js';

/** A page is open for half an hour at least; a little more, since its request takes a moment. */
const SHORTEST_PAGE_MS = 31 * 60 * 1000;
const MOST_ATTEMPTS = 4;
const ONE_AT_A_TIME = new Set(['payments_one_per_booking', 'payments_one_per_course']);

/** Another payment of the same lesson that has to end first. */
class InTheWay extends Error {
  constructor(readonly paymentId: string) {
    super(`Payment ${paymentId} has to end before another one begins`);
  }
}

/** Begins payments, one at a time for each lesson. */
export class PaymentOpening {
  constructor(
    private readonly em: EntityManager,
    private readonly operations: StripeOperations,
    private readonly ending: PaymentEnding,
  ) {}

  /**
   * Begins a payment once for a client's key, and waits until Stripe has it. When another payment of the lesson is in the
   * way, that one is ended at Stripe first.
   *
   * @param work makes or finds the payment, in the transaction; see {@link place} and {@link reuse}
   * @throws Refusal PAYMENT_REFUSED when Stripe does not take it; what `work` throws
   */
  async open(call: IdempotentCall, work: (tx: EntityManager, now: Date) => Promise<Payment>): Promise<Payment> {
    const { id } = await this.placed(call, work);
    const operationId = await pendingOperation(this.em.fork(), id, OPENING_KINDS);
    if (operationId) await reached(() => this.operations.run(operationId));
    const payment = await this.em.fork().findOneOrFail(Payment, { id });
    if (payment.status === 'CANCELLED' && !payment.stripeSessionId && !payment.stripeIntentId) {
      throw new Refusal<PaymentErrorCode>('PAYMENT_REFUSED');
    }
    return payment;
  }

  /** Makes a payment, and asks Stripe for it. */
  async place(tx: EntityManager, values: NewPayment, terms: OpeningTerms, now: Date): Promise<Payment> {
    const { way, ...common } = terms;
    const [id, { method, ...asked }] = [newId(), way];
    const payment = tx.create(Payment, {
      ...values,
      ...{ id, method, status: 'PENDING', createdAt: now, updatedAt: now },
    });
    // Now, so that another one that begins at the same time fails here.
    await tx.flush();
    const expiry = Math.max(values.expiresAt.getTime(), now.getTime() + SHORTEST_PAGE_MS);
    const input = {
      ...{ paymentId: id, amountMinor: values.amountMinor, currency: values.currency, ...common, ...asked },
      ...(method === 'CHECKOUT' && { expiresAt: Math.ceil(expiry / 1000) }),
    };
    const kind = OPENING_KINDS[method === 'CHECKOUT' ? 0 : 1];
    await this.operations.begin(tx, kind, { subjectId: id, input }, { inRequest: true });
    recordPayment(tx, paymentOpened, payment);
    return payment;
  }

  /**
   * The payment that a lesson waits for already, locked; null when there is none.
   *
   * @throws Refusal ALREADY_PAID, PROCESSING
   */
  async former(tx: EntityManager, bookingId: string): Promise<Payment | null> {
    return waiting(await lockPaymentOfBooking(tx, bookingId));
  }

  /** The payment of a course that its payer has begun already. @see former */
  async formerOfCourse(tx: EntityManager, payerId: string, courseId: string): Promise<Payment | null> {
    return waiting(await lockPaymentOfCourse(tx, payerId, courseId));
  }

  /** The same payment, when it is what is wanted now; otherwise it has to end first. */
  reuse(payment: Payment, wanted: NewPayment, method: Way['method'], now: Date): Payment {
    const sameMoney = (['amountMinor', 'currency', 'payerId'] as const).every((key) => payment[key] === wanted[key]);
    const serves = sameMoney && (payment.cohortId ?? null) === (wanted.cohortId ?? null);
    if (serves && payment.method === method && payment.expiresAt && payment.expiresAt > now) return payment;
    throw new InTheWay(payment.id);
  }

  private async placed(
    call: IdempotentCall,
    work: (tx: EntityManager, now: Date) => Promise<Payment>,
  ): Promise<{ id: string }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await transaction(this.em, (tx) =>
          once<{ id: string }, { id: string }>(tx, call, {
            work: () => work(tx, new Date()),
            reference: ({ id }) => ({ id }),
            recall: async ({ id }) => ({ id }),
          }),
        );
      } catch (error) {
        if (attempt >= MOST_ATTEMPTS) throw error;
        if (error instanceof InTheWay) await this.ending.end(error.paymentId);
        else if (!ONE_AT_A_TIME.has(violatedConstraint(error))) throw error;
      }
    }
  }
}

/** @throws Refusal ALREADY_PAID, PROCESSING */
function waiting(payment: Payment | null): Payment | null {
  if (payment?.status === 'PROCESSING') throw new Refusal<PaymentErrorCode>('PROCESSING');
  if (!payment || payment.status === 'REFUNDED') return null;
  if (isPaid(payment.status)) throw new Refusal<PaymentErrorCode>('ALREADY_PAID');
  return payment;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { pendingOperation } from '../stripe/pending-operations.js';
import { reached } from '../stripe/reached.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import type { Payment } from './payment.entity.js';
import { END_KIND, OPENING_KINDS } from './payment.operations.js';
import { lockPayment } from './payment.repository.js';

/** Ends payments that are not to be made any more. Only what Stripe has ended counts as ended here. */
export class PaymentEnding {
  constructor(
    private readonly em: EntityManager,
    private readonly operations: StripeOperations,
  ) {}

  /** Decides that a locked payment ends; it does so soon after the commit. @returns the operation, if it can be ended */
  async begin(tx: EntityManager, { id, status }: Payment, inRequest = false): Promise<string | null> {
    if (status !== 'PENDING' && status !== 'PROCESSING') return null;
    const pending = await pendingOperation(tx, id, [END_KIND]);
    return pending ?? this.operations.begin(tx, END_KIND, { subjectId: id, input: { paymentId: id } }, { inRequest });
  }

  /** Ends a payment, and waits until Stripe has done so or says that it has been paid. */
  async end(paymentId: string): Promise<void> {
    // What is still being opened can be ended only afterwards.
    const opening = await pendingOperation(this.em.fork(), paymentId, OPENING_KINDS);
    if (opening) await reached(() => this.operations.run(opening));
    const operationId = await transaction(this.em, async (tx) => {
      const payment = await lockPayment(tx, paymentId);
      return payment && this.begin(tx, payment, true);
    });
    if (operationId) await reached(() => this.operations.run(operationId));
  }
}

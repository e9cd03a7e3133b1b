import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { bookMovement } from '@tutorgraph/stripe-emulator/money/balance';
import { refundAsked, refundFailed, withdrawalPaying } from '../src/ledger/journals.js';
import { postJournal } from '../src/ledger/post.js';
import type { Payment } from '../src/payments/payment.entity.js';
import { lockPayment } from '../src/payments/payment.repository.js';
import { PayoutAccount } from '../src/payout-accounts/payout-account.entity.js';
import { StripeOperations } from '../src/stripe/stripe-operations.js';
import { StripeSync } from '../src/stripe/stripe-sync.js';
import { releaseShare, returnShare, reverseShare } from '../src/transfers/share.js';
import { followTransfers } from '../src/transfers/transfer-stripe.js';
import type { Till } from './till.js';

/** Does with tutors' shares what settlements, refunds and disputes do, each step on its own. */
export class Shares {
  private readonly em: EntityManager;
  private readonly operations: StripeOperations;

  constructor(private readonly till: Till) {
    const room = till.graph.rooms.get('payments');
    if (!room) throw new Error('The payments room was not started');
    this.em = room.orm.em;
    this.operations = new StripeOperations(this.em, till.stripe, createLogger({ service: 'test', level: 'error' }));
    followTransfers({ operations: this.operations, sync: new StripeSync(this.em, till.stripe) });
    this.operations.start();
  }

  close(): Promise<void> {
    return this.operations.stop();
  }

  /** The share is due. */
  release(paymentId: string): Promise<void> {
    return this.within(paymentId, (tx, payment, now) => releaseShare(tx, this.operations, payment, now));
  }

  /** A part of a share that was due goes back, as a refund does it. */
  reverse(paymentId: string, minor: number, cause: string): Promise<void> {
    return this.within(paymentId, async (tx, payment, now) => {
      await this.takeBack(tx, payment, minor, cause, now);
    });
  }

  /** What was taken comes back, as after a refund that failed. */
  giveBack(paymentId: string, minor: number, cause: string): Promise<void> {
    return this.within(paymentId, async (tx, payment, now) => {
      payment.shareRefundedMinor -= minor;
      await postJournal(tx, refundFailed(payment, refundOf(minor, cause), 'TUTOR_AVAILABLE'), now);
      await returnShare(tx, this.operations, payment, minor, cause, now);
    });
  }

  /** The share is due, and a part of it goes back before Stripe was asked for anything. */
  releaseAndReverse(paymentId: string, minor: number, cause: string): Promise<void> {
    return this.within(paymentId, async (tx, payment, now) => {
      await releaseShare(tx, this.operations, payment, now);
      await this.takeBack(tx, payment, minor, cause, now);
    });
  }

  /** Money of a tutor leaves the account at Stripe. */
  async takeAway({ tutorId }: { tutorId: string }, amountMinor: number): Promise<void> {
    const { stripeAccountId } = await this.em.fork().findOneOrFail(PayoutAccount, { tutorId });
    const movement = { type: 'adjustment', reportingCategory: 'other_adjustment', source: null, description: null };
    this.till.emulator.engine.transact(
      (tx) => bookMovement(tx, { ...movement, amount: -amountMinor, currency: 'eur' }),
      {
        account: stripeAccountId ?? '',
      },
    );
    const left = { id: newId(), tutorId, amountMinor, currency: 'EUR' };
    await transaction(this.em, (tx) => postJournal(tx, withdrawalPaying(left, null), new Date()));
  }

  private async takeBack(tx: EntityManager, payment: Payment, minor: number, cause: string, now: Date): Promise<void> {
    payment.shareRefundedMinor += minor;
    await postJournal(tx, refundAsked(payment, refundOf(minor, cause), 'TUTOR_AVAILABLE'), now);
    await reverseShare(tx, this.operations, payment, minor, cause, now);
  }

  private within(
    paymentId: string,
    work: (tx: EntityManager, payment: Payment, now: Date) => Promise<void>,
  ): Promise<void> {
    return transaction(this.em, async (tx) => {
      const payment = await lockPayment(tx, paymentId);
      if (!payment) throw new Error(`There is no payment ${paymentId}`);
      await work(tx, payment, new Date());
    });
  }
}

/** A refund that takes no more than the tutor's part. */
function refundOf(minor: number, id: string) {
  return { id, amountMinor: minor, shareMinor: minor, taxMinor: 0 };
}

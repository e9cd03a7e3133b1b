import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { idempotencyKey, isRepeated, once } from '@tutorgraph/kit/idempotency/idempotency';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type Stripe from 'stripe';
import { z } from 'zod';
import { tutorBalance } from '../balances/balance.repository.js';
import { withdrawable } from '../balances/balance.rules.js';
import { withdrawalRequested } from '../events.js';
import { PayoutAccount } from '../payout-accounts/payout-account.entity.js';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import type { PayoutErrorCode } from '../payouts/payout-errors.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { settledAt } from './settled-balance.js';
import { Withdrawal } from './withdrawal.entity.js';
import { findWithdrawals, lockWithdrawal } from './withdrawal.repository.js';
import { isWithinLimit } from './withdrawal.rules.js';
import { beginPayout } from './withdrawal.stripe.js';
import type { WithdrawalFilter } from './withdrawal.types.js';
import { moveWithdrawal } from './withdrawal-steps.js';

const wanted = z.object({ amount: moneyRules, idempotencyKey });

/** Withdrawals, as tutors see and make them. */
export class WithdrawalService {
  /** @param limitMinor above it staff decides; of a currency with two decimals */
  constructor(
    private readonly stripe: Stripe,
    private readonly operations: StripeOperations,
    private readonly limitMinor: number,
  ) {}

  /** The viewer's own withdrawals, or everybody's for staff; the newest first. */
  list(context: RequestContext, filter: WithdrawalFilter, page: PageRequest): Promise<Connection<Withdrawal>> {
    const own = context.can('payments.payments.read-any') ? {} : { userId: context.user.userId };
    return findWithdrawals(context.em, { ...filter, ...own }, page);
  }

  /** A withdrawal that the viewer may see; null otherwise. */
  async find(context: RequestContext, id: string): Promise<Withdrawal | null> {
    const withdrawal = isId(id) ? await context.em.findOne(Withdrawal, { id }) : null;
    if (!withdrawal) return null;
    const maySee = context.isUser(withdrawal.userId) || context.can('payments.payments.read-any');
    return context.isService || maySee ? withdrawal : null;
  }

  /**
   * Withdraws from the viewer's account at Stripe; a large amount waits for staff.
   *
   * @throws Refusal PAYOUT_ACCOUNT_REQUIRED, PAYOUTS_DISABLED, INSUFFICIENT_BALANCE, BALANCE_NOT_SETTLED, IDEMPOTENCY_KEY_REUSED
   */
  async request(context: RequestContext, input: unknown): Promise<Withdrawal> {
    const { idempotencyKey: key, ...asked } = accept(wanted, input, context.locale);
    const { userId } = context.user;
    const call = { viewerId: userId, mutation: 'requestWithdrawal', key, input: asked };
    const { tutorId, stripeAccountId } = await this.account(context);
    const settled = (await isRepeated(context.em, call))
      ? Number.MAX_SAFE_INTEGER
      : await settledAt(this.stripe, stripeAccountId, asked.amount.currency);
    return transaction(context.em, (tx) =>
      once(tx, call, {
        work: () => this.begin(tx, { tutorId, settled, ...asked }),
        reference: ({ id }) => ({ id }),
        recall: ({ id }) => tx.findOneOrFail(Withdrawal, { id }),
      }),
    );
  }

  /** Takes a withdrawal of the viewer's back that staff has not decided on. @throws Refusal NOT_FOUND, WITHDRAWAL_DECIDED */
  cancel(context: RequestContext, { withdrawalId }: { withdrawalId: string }): Promise<Withdrawal> {
    return transaction(context.em, async (tx) => {
      const locked = await lockWithdrawal(tx, withdrawalId);
      if (!locked || !context.isUser(locked.withdrawal.userId)) throw refused('NOT_FOUND', 'withdrawalId');
      const { withdrawal } = locked;
      if (withdrawal.status !== 'REQUESTED') throw refused('WITHDRAWAL_DECIDED', 'withdrawalId');
      moveWithdrawal(tx, withdrawal, 'CANCELLED', new Date());
      return withdrawal;
    });
  }

  private async account({ em, user }: RequestContext): Promise<{ tutorId: string; stripeAccountId: string }> {
    const account = await em.findOne(PayoutAccount, { userId: user.userId });
    if (!account?.stripeAccountId) throw new Refusal<PayoutErrorCode>('PAYOUT_ACCOUNT_REQUIRED');
    return { tutorId: account.tutorId, stripeAccountId: account.stripeAccountId };
  }

  private async begin(
    tx: EntityManager,
    { tutorId, amount, settled }: { tutorId: string; amount: Money; settled: number },
  ): Promise<Withdrawal> {
    const account = await lockTutor(tx, tutorId);
    if (!account?.stripeAccountId) throw new Refusal<PayoutErrorCode>('PAYOUT_ACCOUNT_REQUIRED');
    if (!account.payoutsEnabled) throw new Refusal<PayoutErrorCode>('PAYOUTS_DISABLED');
    const balance = await tutorBalance(tx, tutorId, amount.currency);
    if (withdrawable(balance) < amount.amountMinor) throw refused('INSUFFICIENT_BALANCE', 'amount');
    // Stripe does not know of those yet that it has not been asked for.
    if (settled - balance.approvedMinor < amount.amountMinor) throw refused('BALANCE_NOT_SETTLED', 'amount');
    const [id, now] = [newId(), new Date()];
    const { userId } = account;
    const withdrawal = tx.create(Withdrawal, {
      ...{ id, tutorId, userId, status: 'REQUESTED', ...amount, createdAt: now, updatedAt: now },
    });
    if (!isWithinLimit(amount, this.limitMinor)) {
      recordEvent(tx, withdrawalRequested.create({ subject: id, data: { tutorId, userId } }));
      return withdrawal;
    }
    withdrawal.decidedAt = now;
    moveWithdrawal(tx, withdrawal, 'APPROVED', now);
    await beginPayout(tx, this.operations, withdrawal, account.stripeAccountId);
    return withdrawal;
  }
}

function refused(code: PayoutErrorCode, field: string): Refusal<PayoutErrorCode> {
  return new Refusal(code, ['input', field]);
}

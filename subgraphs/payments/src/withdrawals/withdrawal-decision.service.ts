import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type Stripe from 'stripe';
import { z } from 'zod';
import { tutorBalance } from '../balances/balance.repository.js';
import { approvable } from '../balances/balance.rules.js';
import { PayoutAccount } from '../payout-accounts/payout-account.entity.js';
import type { PayoutErrorCode } from '../payouts/payout-errors.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { settledAt } from './settled-balance.js';
import { Withdrawal } from './withdrawal.entity.js';
import { type LockedWithdrawal, lockWithdrawal } from './withdrawal.repository.js';
import { beginPayout } from './withdrawal.stripe.js';
import { moveWithdrawal } from './withdrawal-steps.js';

const rejection = z.object({
  withdrawalId: z.string(),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => !text.includes('\0')),
});

/** What staff decides on large withdrawals. */
export class WithdrawalDecisionService {
  constructor(
    private readonly stripe: Stripe,
    private readonly operations: StripeOperations,
  ) {}

  /**
   * Pays a withdrawal out, if the money is still there.
   *
   * @throws Refusal NOT_FOUND, WITHDRAWAL_DECIDED, NOT_YOURSELF, PAYOUTS_DISABLED, INSUFFICIENT_BALANCE, BALANCE_NOT_SETTLED
   */
  async approve(context: RequestContext, { withdrawalId }: { withdrawalId: string }): Promise<Withdrawal> {
    const settled = await this.settled(context.em, withdrawalId);
    return transaction(context.em, async (tx) => {
      const now = new Date();
      const { withdrawal, account } = await this.open(tx, context, withdrawalId);
      if (!account?.stripeAccountId || !account.payoutsEnabled) throw refused('PAYOUTS_DISABLED');
      const { tutorId, currency, amountMinor } = withdrawal;
      const balance = await tutorBalance(tx, tutorId, currency);
      if (approvable(balance) < amountMinor) throw refused('INSUFFICIENT_BALANCE');
      if (settled - balance.approvedMinor < amountMinor) throw refused('BALANCE_NOT_SETTLED');
      decide(tx, context, withdrawal, 'APPROVED', now);
      await beginPayout(tx, this.operations, withdrawal, account.stripeAccountId);
      return withdrawal;
    });
  }

  /** Rejects a withdrawal and tells the tutor why. @throws Refusal NOT_FOUND, WITHDRAWAL_DECIDED, NOT_YOURSELF */
  reject(context: RequestContext, input: unknown): Promise<Withdrawal> {
    const { withdrawalId, reason } = accept(rejection, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { withdrawal } = await this.open(tx, context, withdrawalId);
      withdrawal.rejectionReason = reason;
      decide(tx, context, withdrawal, 'REJECTED', new Date());
      return withdrawal;
    });
  }

  private async open(tx: EntityManager, context: RequestContext, id: string): Promise<LockedWithdrawal> {
    const locked = await lockWithdrawal(tx, id);
    if (!locked) throw refused('NOT_FOUND');
    if (context.isUser(locked.withdrawal.userId)) throw refused('NOT_YOURSELF');
    if (locked.withdrawal.status !== 'REQUESTED') throw refused('WITHDRAWAL_DECIDED');
    return locked;
  }

  /** What Stripe can pay out at once; asked before the locks. */
  private async settled(em: EntityManager, id: string): Promise<number> {
    const withdrawal = isId(id) ? await em.fork().findOne(Withdrawal, { id, status: 'REQUESTED' }) : null;
    const account = withdrawal && (await em.fork().findOne(PayoutAccount, { tutorId: withdrawal.tutorId }));
    if (!withdrawal || !account?.stripeAccountId) return 0;
    return settledAt(this.stripe, account.stripeAccountId, withdrawal.currency);
  }
}

function decide(
  tx: EntityManager,
  context: RequestContext,
  withdrawal: Withdrawal,
  to: 'APPROVED' | 'REJECTED',
  now: Date,
): void {
  Object.assign(withdrawal, { decidedBy: context.user.userId, decidedAt: now });
  moveWithdrawal(tx, withdrawal, to, now);
  recordStaffAction(tx, context, {
    action: to === 'APPROVED' ? 'payments.withdrawal.approve' : 'payments.withdrawal.reject',
    resource: 'Withdrawal',
    resourceId: withdrawal.id,
    userId: withdrawal.userId,
    fields: to === 'APPROVED' ? ['status'] : ['status', 'rejectionReason'],
  });
}

function refused(code: PayoutErrorCode): Refusal<PayoutErrorCode> {
  return new Refusal(code, ['input', 'withdrawalId']);
}

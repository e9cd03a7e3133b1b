import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { idempotencyKey, once } from '@tutorgraph/kit/idempotency/idempotency';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { z } from 'zod';
import type { Payment } from '../payments/payment.entity.js';
import { paymentsById } from '../payments/payment.repository.js';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import type { PayoutErrorCode } from '../payouts/payout-errors.js';
import { pendingOperation } from '../stripe/pending-operations.js';
import { reached } from '../stripe/reached.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { Transfer } from './transfer.entity.js';
import type { TransferFilter } from './transfer.types.js';
import { beginTransfer, CREATE_TRANSFER } from './transfer-calls.js';
import { findTransfers } from './transfer-list.repository.js';

const wanted = z.object({
  tutorId: z.uuid(),
  amount: moneyRules,
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => !text.includes('\0')),
  idempotencyKey,
});

/** Transfers to tutors, as staff sees and makes them. */
export class TransferService {
  constructor(private readonly operations: StripeOperations) {}

  /** Transfers, the newest first. */
  list(context: RequestContext, filter: TransferFilter, page: PageRequest): Promise<Connection<Transfer>> {
    return findTransfers(context.em, filter, page);
  }

  /** A transfer, for services of ours. */
  find(context: RequestContext, id: string): Promise<Transfer | null> {
    return isId(id) ? context.em.findOne(Transfer, { id }) : Promise.resolve(null);
  }

  /** The payment whose share a transfer is; null for one by staff. */
  async payment(context: RequestContext, { paymentId }: Transfer): Promise<Payment | null> {
    return paymentId ? context.loader(paymentsById).load(paymentId) : null;
  }

  /**
   * Gives a tutor money of the platform's.
   *
   * @throws Refusal PAYOUT_ACCOUNT_REQUIRED, PAYOUT_ACCOUNT_INCOMPLETE, TRANSFER_REFUSED, NOT_YOURSELF, IDEMPOTENCY_KEY_REUSED
   */
  async give(context: RequestContext, input: unknown): Promise<Transfer> {
    const { idempotencyKey: key, ...asked } = accept(wanted, input, context.locale);
    const call = { viewerId: context.user.userId, mutation: 'transferToTutor', key, input: asked };
    const { id } = await transaction(context.em, (tx) =>
      once(tx, call, {
        work: () => this.begin(tx, context, asked),
        reference: ({ id: transferId }) => ({ transferId }),
        recall: ({ transferId }) => tx.findOneOrFail(Transfer, { id: transferId }),
      }),
    );
    const pending = await pendingOperation(context.em.fork(), id, [CREATE_TRANSFER]);
    if (pending) await reached(() => this.operations.run(pending));
    const transfer = await context.em.fork().findOneOrFail(Transfer, { id });
    if (transfer.status === 'FAILED') throw new Refusal<PayoutErrorCode>('TRANSFER_REFUSED');
    return transfer;
  }

  private async begin(
    tx: EntityManager,
    context: RequestContext,
    { tutorId, amount, reason }: Omit<z.output<typeof wanted>, 'idempotencyKey'>,
  ): Promise<Transfer> {
    const account = await lockTutor(tx, tutorId);
    if (!account?.stripeAccountId) throw refused('PAYOUT_ACCOUNT_REQUIRED');
    if (!account.transfersEnabled) throw refused('PAYOUT_ACCOUNT_INCOMPLETE');
    if (context.isUser(account.userId)) throw refused('NOT_YOURSELF');
    const id = newId();
    const transfer = tx.create(Transfer, {
      ...{ id, tutorId, reason, cause: `staff:${id}`, requestedBy: context.user.userId, status: 'WAITING' },
      ...{ ...amount, reversedMinor: 0, createdAt: new Date() },
    });
    const staffs = { transfer, payment: null, account: account.stripeAccountId };
    await beginTransfer(tx, this.operations, staffs, { inRequest: true });
    const { userId } = account;
    recordStaffAction(tx, context, {
      action: 'payments.transfer.make',
      resource: 'Transfer',
      resourceId: id,
      userId,
      fields: ['amount', 'reason'],
    });
    return transfer;
  }
}

function refused(code: PayoutErrorCode): Refusal<PayoutErrorCode> {
  return new Refusal(code, ['input', 'tutorId']);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type Stripe from 'stripe';
import { payoutAccountChanged } from '../events.js';
import type { OperationHandler } from '../stripe/stripe-operations.js';
import type { ObjectSync } from '../stripe/stripe-sync.js';
import type { TransferWaitingShares } from '../transfers/transfer-waiting-shares.job.js';
import { PayoutAccount } from './payout-account.entity.js';
import { lockTutor } from './payout-account.repository.js';

/** Kind of the operation that opens an account; stored ones name it. */
export const CREATE_ACCOUNT = 'create-account';

/** What Stripe is asked to open. */
export interface AccountInput extends Readonly<Record<string, unknown>> {
  tutorId: string;
  country: string;
  /** Nothing older can be it; unix seconds. */
  since: number;
}

/** Opens accounts at Stripe. */
export function createAccount(waitingShares: TransferWaitingShares): OperationHandler<AccountInput, Stripe.Account> {
  return {
    kind: CREATE_ACCOUNT,
    call: (stripe, { tutorId, country }, { idempotencyKey }) =>
      stripe.accounts.create(
        {
          type: 'express',
          country,
          business_type: 'individual',
          capabilities: { transfers: { requested: true } },
          // Tutors decide when money leaves: only what they ask for is paid out.
          settings: { payouts: { schedule: { interval: 'manual' } } },
          metadata: { tutorId, operationId: idempotencyKey },
        },
        { idempotencyKey },
      ),
    async find(stripe, { tutorId, since }) {
      for await (const account of stripe.accounts.list({ created: { gte: since }, limit: 100 })) {
        if (account.metadata?.['tutorId'] === tutorId) return account;
      }
      return null;
    },
    async done(tx, tutorId, made, now) {
      const account = await lockTutor(tx, tutorId);
      // News of it may have come before the answer, which then is the older one.
      if (!account || account.stripeAccountId) return;
      account.stripeAccountId = made.id;
      await applyAccount(tx, waitingShares, account, made, now);
    },
    async refused(tx, tutorId) {
      await lockTutor(tx, tutorId);
      // Nobody is bound to a country where nobody can be paid.
      await tx.nativeDelete(PayoutAccount, { tutorId, stripeAccountId: null });
    },
  };
}

/** Follows what accounts at Stripe can do. */
export function followAccounts(waitingShares: TransferWaitingShares): ObjectSync<Stripe.Account> {
  return {
    kind: 'account',
    isConnected: true,
    fetch: (stripe, id) => stripe.accounts.retrieve(id),
    async apply(tx, found, now) {
      const tutorId = found.metadata?.['tutorId'] ?? '';
      const account = isId(tutorId) ? await lockTutor(tx, tutorId) : null;
      if (!account || (account.stripeAccountId ?? found.id) !== found.id) return;
      account.stripeAccountId = found.id;
      await applyAccount(tx, waitingShares, account, found, now);
    },
  };
}

async function applyAccount(
  tx: EntityManager,
  waitingShares: TransferWaitingShares,
  account: PayoutAccount,
  found: Stripe.Account,
  now: Date,
): Promise<void> {
  const could = { transfersEnabled: account.transfersEnabled, payoutsEnabled: account.payoutsEnabled };
  const transfersEnabled = found.capabilities?.transfers === 'active';
  const payoutsEnabled = found.payouts_enabled;
  Object.assign(account, {
    ...{ transfersEnabled, payoutsEnabled, detailsSubmitted: found.details_submitted },
    requirementsDue: [
      ...new Set([...(found.requirements?.past_due ?? []), ...(found.requirements?.currently_due ?? [])]),
    ],
    disabledReason: found.requirements?.disabled_reason ?? null,
    updatedAt: now,
  });
  if (transfersEnabled && !could.transfersEnabled) await enqueue(tx, waitingShares, { tutorId: account.tutorId });
  if (transfersEnabled === could.transfersEnabled && payoutsEnabled === could.payoutsEnabled) return;
  const data = { userId: account.userId, transfersEnabled, payoutsEnabled };
  recordEvent(tx, payoutAccountChanged.create({ subject: account.tutorId, data }));
}

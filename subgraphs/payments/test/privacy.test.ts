import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { createStripeEmulator } from '@tutorgraph/stripe-emulator/emulator';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Customer } from '../src/customers/customer.entity.js';
import { Dispute } from '../src/disputes/dispute.entity.js';
import { Payment } from '../src/payments/payment.entity.js';
import { PayoutAccount } from '../src/payout-accounts/payout-account.entity.js';
import { PremiumInvoice } from '../src/premium/premium-invoice.entity.js';
import { PremiumMembership } from '../src/premium/premium-membership.entity.js';
import { Refund } from '../src/refunds/refund.entity.js';
import { room } from '../src/room.js';
import { addOperation } from '../src/stripe/stripe-operations.js';
import { Transfer } from '../src/transfers/transfer.entity.js';
import { Withdrawal } from '../src/withdrawals/withdrawal.entity.js';
import { lesson } from './books.js';

const NOW = new Date('2026-11-01T12:00:00.000Z');
const times = { createdAt: NOW, updatedAt: NOW };
const emulator = createStripeEmulator();
let people = 0;
let graph: TestGraph;
let em: EntityManager;
let stripe: Stripe;

beforeAll(async () => {
  const origin = await emulator.listen();
  graph = await startTestGraph(['payments'], testDatabase, {
    STRIPE_SECRET_KEY: 'sk_test_emulator',
    STRIPE_API_URL: origin,
    STRIPE_WEBHOOK_SECRET: 'whsec_test',
  });
  const orm = graph.rooms.get('payments')?.orm;
  if (!orm) throw new Error('The payments room did not start');
  em = orm.em;
  const { hostname, port } = new URL(origin);
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http' });
});

afterAll(async () => {
  await graph?.close();
  await emulator.close();
});

/** Somebody who pays as a student and earns as a tutor, and what the books hold of it. */
async function somebody() {
  const name = `Ada the ${++people}.`;
  const [userId, tutorId] = [newId(), newId()];
  const customer = await stripe.customers.create({ metadata: { userId } });
  const { id: _, commissionMinor: __, ...split } = lesson(10_000);
  const paid = {
    ...({ method: 'INTENT', status: 'SUCCEEDED', commissionPercent: 20, paidAt: NOW, ...times } as const),
  };
  const bought = { ...split, ...paid, id: newId(), payerId: userId, bookingId: newId() };
  const taught = { ...split, ...paid, id: newId(), tutorId, bookingId: newId() };
  const id = newId();
  await transaction(em, async (tx) => {
    tx.create(Customer, { userId, stripeCustomerId: customer.id, createdAt: NOW });
    tx.create(PayoutAccount, { tutorId, userId, stripeAccountId: `acct_${tutorId}`, country: 'US', ...times });
    for (const payment of [bought, taught]) tx.create(Payment, payment);
    await tx.flush();
    tx.create(Refund, {
      ...({
        id,
        paymentId: bought.id,
        status: 'SUCCEEDED',
        reason: 'BY_STAFF',
        amountMinor: 100,
        shareMinor: 80,
      } as const),
      ...{ taxMinor: 0, cause: id, requestedBy: newId(), note: `${name} called`, createdAt: NOW },
    });
    tx.create(Dispute, {
      ...({ id, paymentId: bought.id, stripeDisputeId: `du_${id}`, status: 'NEEDS_RESPONSE' } as const),
      ...{ reason: 'fraudulent', amountMinor: 10_000, currency: 'USD', openedAt: NOW },
    });
    tx.create(Transfer, {
      ...({ id, tutorId, status: 'SUCCEEDED', amountMinor: 500, currency: 'USD', cause: `staff:${id}` } as const),
      ...{ requestedBy: newId(), reason: `For ${name}`, createdAt: NOW },
    });
    tx.create(Withdrawal, {
      ...({ id, tutorId, userId, status: 'REJECTED', amountMinor: 500, currency: 'USD' } as const),
      ...{ decidedBy: newId(), decidedAt: NOW, rejectionReason: `${name} must wait`, ...times },
    });
    tx.create(PremiumMembership, {
      id,
      tutorId,
      userId,
      status: 'ACTIVE',
      priceMinor: 1_900,
      currency: 'USD',
      ...times,
    });
    await tx.flush();
    tx.create(PremiumInvoice, {
      stripeInvoiceId: `in_${id}`,
      membershipId: id,
      amountMinor: 1_900,
      currency: 'USD',
      paidAt: NOW,
    });
  });
  for (const subject of [bought.id, id]) await addOperationOf(subject, name);
  return { name, userId, tutorId, customerId: customer.id, bought, taught, id };
}

/** A call to Stripe that was made for a payment or a dispute. */
async function addOperationOf(subjectId: string, name: string): Promise<void> {
  await em.fork().execute(
    `insert into payments.stripe_operations (id, kind, subject_id, input, status, attempts, created_at, retry_at)
     values (?, 'create-payment-intent', ?, jsonb_build_object('description', ?::text), 'DONE', 1, now(), now())`,
    [newId(), subjectId, `A lesson for ${name}`],
  );
}

async function erase(userId: string): Promise<void> {
  await transaction(em, (tx) => room.privacy.erase(tx, userId));
}

/** Everything that the room's tables hold, as text. */
async function everything(): Promise<string> {
  const tables = [
    'customers',
    'payments',
    'refunds',
    'transfers',
    'withdrawals',
    'stripe_operations',
    'premium_memberships',
  ];
  const rows = await Promise.all(
    tables.map((table) => em.fork().execute(`select to_jsonb(t)::text as row from payments.${table} t`)),
  );
  return JSON.stringify(rows);
}

describe('an archive', () => {
  it('holds what somebody paid, earned and took out, and nothing of other people but ids', async () => {
    const { name, userId, tutorId, bought, taught, id } = await somebody();
    await somebody();
    const { sections } = await room.privacy.collect(em.fork(), userId);
    expect(sections).toMatchObject({
      payments: [{ id: bought.id, bookingId: bought.bookingId, amount: { amountMinor: 10_000, currency: 'USD' } }],
      refunds: [{ paymentId: bought.id, amountMinor: 100, reason: 'BY_STAFF' }],
      disputes: [{ paymentId: bought.id, reason: 'fraudulent', amount: { amountMinor: 10_000, currency: 'USD' } }],
      packages: [],
      payoutAccount: { tutorId, country: 'US' },
      earnings: [{ id: taught.id, share: { amountMinor: 8_000, currency: 'USD' } }],
      transfers: [{ id, amount: { amountMinor: 500, currency: 'USD' } }],
      withdrawals: [{ id, rejectionReason: `${name} must wait` }],
      premium: [{ id, paid: [{ amount: { amountMinor: 1_900, currency: 'USD' } }] }],
    });
    expect(JSON.stringify(sections)).not.toContain(taught.payerId);
  });

  it('is empty for whom the room does not know', async () => {
    const { sections } = await room.privacy.collect(em.fork(), newId());
    const nothing = {
      payments: [],
      refunds: [],
      disputes: [],
      packages: [],
      earnings: [],
      transfers: [],
      withdrawals: [],
    };
    expect(sections).toEqual({ ...nothing, payoutAccount: null, premium: [] });
  });
});

describe('who is erased', () => {
  it('leaves books without words, and is forgotten by Stripe', async () => {
    const { name, userId, customerId, bought } = await somebody();
    expect((await everything()).split(name)).toHaveLength(6);
    await erase(userId);
    await erase(userId);
    expect(await everything()).not.toContain(name);
    const { sections } = await room.privacy.collect(em.fork(), userId);
    expect(sections).toMatchObject({ payments: [{ id: bought.id }], refunds: [{ amountMinor: 100 }] });
    await vi.waitFor(async () => expect(await stripe.customers.retrieve(customerId)).toMatchObject({ deleted: true }), {
      timeout: 10_000,
      interval: 100,
    });
  });

  it('is forgotten by Stripe also when it is just being asked to know them', async () => {
    const userId = newId();
    await transaction(em, async (tx) => {
      tx.create(Customer, { userId, createdAt: NOW });
      addOperation(tx, 'create-customer', { subjectId: userId, input: { userId } });
    });
    await erase(userId);
    await vi.waitFor(
      async () => {
        const made = await em
          .fork()
          .execute('select kind, status from payments.stripe_operations where subject_id = ?', [userId]);
        expect(made.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
          'create-customer DONE',
          'delete-customer DONE',
        ]);
      },
      { timeout: 15_000, interval: 100 },
    );
    const { data } = await stripe.customers.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata['userId'] === userId)).toEqual([]);
  });

  it('takes nobody else along', async () => {
    const [gone, stays] = [await somebody(), await somebody()];
    await erase(gone.userId);
    expect((await stripe.customers.retrieve(stays.customerId)).deleted).toBeUndefined();
    expect(await em.fork().findOne(Customer, { userId: stays.userId })).toMatchObject({
      stripeCustomerId: stays.customerId,
    });
    expect(await em.fork().findOneOrFail(Refund, { id: stays.id })).toMatchObject({ note: `${stays.name} called` });
    expect(await em.fork().findOneOrFail(Withdrawal, { id: stays.id })).toMatchObject({
      rejectionReason: `${stays.name} must wait`,
    });
  });
});

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { createStripeEmulator } from '@tutorgraph/stripe-emulator/emulator';
import { bookMovement } from '@tutorgraph/stripe-emulator/money/balance';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { paymentPaid, reversalMade, stripeFee, transferMade, withdrawalPaying } from '../src/ledger/journals.js';
import { PayoutAccount } from '../src/payout-accounts/payout-account.entity.js';
import { Transfer } from '../src/transfers/transfer.entity.js';
import { TransferReversal } from '../src/transfers/transfer-reversal.entity.js';
import { lesson, record } from './books.js';

const HOUR = 60 * 60 * 1_000;
const DAY = 24 * HOUR;
const BEGAN = new Date(Date.now() - 10 * DAY);
const after = (ms: number) => new Date(BEGAN.getTime() + ms);
/** When the ledger records: after all that happens at Stripe on the first day. */
const RECORDED = after(3 * HOUR);
const ONBOARDING = {
  ...{ firstName: 'Ada', lastName: 'Lovelace', dateOfBirth: '1985-12-10', terms: 'accepted' },
  ...{ routingNumber: '110000000', accountNumber: '000123456789' },
};

const emulator = createStripeEmulator({ now: () => BEGAN.getTime() });
const tutorId = newId();
let graph: TestGraph;
let em: EntityManager;
let stripe: Stripe;
let staff: TestPerson;
let account: string;

beforeAll(async () => {
  const origin = await emulator.listen();
  graph = await startTestGraph(['accounts', 'payments'], testDatabase, {
    STRIPE_SECRET_KEY: 'sk_test_emulator',
    STRIPE_API_URL: origin,
    STRIPE_WEBHOOK_SECRET: 'whsec_test',
  });
  const orm = graph.rooms.get('payments')?.orm;
  if (!orm) throw new Error('The payments room did not start');
  em = orm.em;
  staff = await graph.person('ADMIN');
  const { hostname, port } = new URL(origin);
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http' });
  account = await connect();
  await moveMoney();
});

afterAll(async () => {
  await graph?.close();
  await emulator.close();
});

/** A tutor's account at Stripe that can take transfers. */
async function connect(): Promise<string> {
  const { id } = await stripe.accounts.create({
    ...{ type: 'express', country: 'US', capabilities: { transfers: { requested: true } } },
    settings: { payouts: { schedule: { interval: 'manual' } } },
  });
  const urls = { return_url: 'https://app.example/back', refresh_url: 'https://app.example/again' };
  const { url } = await stripe.accountLinks.create({ account: id, type: 'account_onboarding', ...urls });
  await fetch(url, { method: 'POST', body: new URLSearchParams(ONBOARDING), redirect: 'manual' });
  const times = { createdAt: BEGAN, updatedAt: BEGAN };
  await em.fork().insert(PayoutAccount, { tutorId, userId: newId(), stripeAccountId: id, country: 'US', ...times });
  return id;
}

/** A charge at Stripe, with its balance transaction. */
async function charge(currency: string) {
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 10_000, currency, confirm: true, payment_method: 'pm_card_visa' },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    expand: ['latest_charge.balance_transaction'],
  });
  const made = intent.latest_charge as Stripe.Charge;
  return { chargeId: made.id, transaction: made.balance_transaction as Stripe.BalanceTransaction };
}

/** Records a charge as its webhook does. */
async function recordCharge({ id, fee, currency }: Stripe.BalanceTransaction, amountMinor: number): Promise<void> {
  const code = currency.toUpperCase();
  const payment = { ...lesson(amountMinor, code), tutorId };
  const ofStripe = { transactionId: id, feeMinor: fee, currency: code, paymentId: payment.id };
  await record(em, [paymentPaid(payment, id), stripeFee(ofStripe)], RECORDED);
}

/** A charge, a transfer of it that is taken back in part, and a payout, all of them in the ledger as well. */
async function moveMoney(): Promise<void> {
  const { chargeId, transaction } = await charge('usd');
  await recordCharge(transaction, 10_000);
  const made = await stripe.transfers.create({
    ...{ amount: 8_000, currency: 'usd', destination: account, source_transaction: chargeId },
  });
  const transfer = { id: newId(), tutorId, paymentId: null, amountMinor: 8_000, currency: 'USD' };
  const taken = await stripe.transfers.createReversal(made.id, { amount: 3_000 });
  const reversal = { id: newId(), amountMinor: 3_000 };
  const times = { createdAt: BEGAN, settledAt: BEGAN, status: 'SUCCEEDED' as const };
  await em.fork().insert(Transfer, {
    ...{ ...transfer, ...times, cause: `staff:${transfer.id}`, requestedBy: newId(), reason: 'A test' },
    ...{ reversedMinor: 3_000, stripeTransferId: made.id },
  });
  await em.fork().insert(TransferReversal, {
    ...{ ...reversal, ...times, transferId: transfer.id, cause: 'a test', stripeReversalId: taken.id },
  });
  const toTutor = [
    transferMade(transfer, String(made.balance_transaction)),
    reversalMade(transfer, reversal, String(taken.balance_transaction)),
  ];
  await record(em, toTutor, RECORDED);
  emulator.engine.setTime(after(4 * DAY).getTime() / 1_000);
  const payout = await stripe.payouts.create({ amount: 5_000, currency: 'usd' }, { stripeAccount: account });
  const withdrawal = { id: newId(), tutorId, amountMinor: 5_000, currency: 'USD' };
  await record(em, [withdrawalPaying(withdrawal, String(payout.balance_transaction))], after(4 * DAY));
  // Demo data has nothing at Stripe.
  await record(em, [paymentPaid(lesson(), `demo_${newId()}`)], RECORDED);
}

interface Found {
  id: string;
  status: string;
  transactions: number;
  from: string;
  to: string;
  requestedBy: { id: string } | null;
  differences: { totalCount: number; edges: { node: Record<string, unknown> }[] };
}

const FIELDS = `id status transactions from to requestedBy { id } differences(first: 100) { totalCount edges { node {
  kind stripeTransactionId stripeAccountId journalId currency
  ledgerAmount { amountMinor } stripeAmount { amountMinor } } } }`;

async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await graph.run('payments', query, variables, staff);
  expect(errors).toBeUndefined();
  return data as Data;
}

async function newest(): Promise<Found | undefined> {
  const query = `{ reconciliations(first: 1) { edges { node { ${FIELDS} } } } }`;
  const { reconciliations } = await ask<{ reconciliations: { edges: { node: Found }[] } }>(query);
  return reconciliations.edges[0]?.node;
}

async function ended(): Promise<Found> {
  return vi.waitFor(
    async () => {
      const found = await newest();
      if (!found || found.status === 'RUNNING') throw new Error('It is still at work');
      return found;
    },
    { timeout: 20_000, interval: 50 },
  );
}

async function reconcile(from: Date, to: Date): Promise<Found> {
  const { runReconciliation } = await ask<{ runReconciliation: { userErrors: object[] } }>(
    `mutation ($input: RunReconciliationInput!) { runReconciliation(input: $input) {
       reconciliation { status } userErrors { code field } } }`,
    { input: { from, to } },
  );
  expect(runReconciliation).toEqual({ reconciliation: { status: 'RUNNING' }, userErrors: [] });
  return ended();
}

describe('a reconciliation', () => {
  it('matches what the ledger has recorded of the platform and of tutors', async () => {
    const found = await reconcile(after(-HOUR), after(9 * DAY));
    expect(found).toMatchObject({ status: 'MATCHED', transactions: 6, requestedBy: { id: staff.userId } });
    expect(found.differences.totalCount).toBe(0);
  });

  it('matches what was recorded within its span though it had happened before', async () => {
    expect(await reconcile(after(HOUR), after(9 * DAY))).toMatchObject({ status: 'MATCHED', transactions: 1 });
  });

  it('compares balances as they were at its end, whatever has moved since', async () => {
    expect(await reconcile(after(-HOUR), after(DAY))).toMatchObject({ status: 'MATCHED', transactions: 5 });
  });

  it.each([
    ['ends before it begins', after(0), after(-HOUR)],
    ['is to come', after(0), new Date(Date.now() + DAY)],
    ['is too long', after(-500 * DAY), after(0)],
  ])('is refused for a span that %s', async (_what, from, to) => {
    const answer = await ask<object>(
      'mutation ($input: RunReconciliationInput!) { runReconciliation(input: $input) { userErrors { code field } } }',
      { input: { from, to } },
    );
    expect(answer).toEqual({
      runReconciliation: { userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'to'] }] },
    });
  });

  it('goes on every day from where the last one ended', async () => {
    const job = graph.rooms.get('payments')?.parts.jobs?.find(({ name }) => name === 'begin-reconciliation');
    const run = { id: newId(), attempt: 1, signal: new AbortController().signal };
    const spans: [Date, Date][] = [];
    for (let day = 0; day < 2; day++) {
      await job?.handler({}, { ...run, logger: { error: () => {} } as never });
      const found = await ended();
      expect(found).toMatchObject({ requestedBy: null, transactions: day === 0 ? 6 : 0 });
      spans.push([new Date(found.from), new Date(found.to)]);
      await em.fork().execute(`update payments.reconciliations set to_time = to_time - interval '1 hour'`);
    }
    expect(spans[1]?.[0]).toEqual(new Date((spans[0]?.[1].getTime() ?? 0) - HOUR));
  });
});

describe('what Stripe does by itself', () => {
  it('is recorded once: payouts to the bank of the platform, and fees by the month', async () => {
    const book = (type: Stripe.BalanceTransaction.Type, amount: number) =>
      emulator.engine.transact((tx) =>
        bookMovement(tx, { type, amount, currency: 'nok', source: null, description: type, reportingCategory: type }),
      );
    book('payout', -4_000);
    book('payout_failure', 1_500);
    book('stripe_fee', -200);
    for (let run = 0; run < 2; run++) {
      const found = await reconcile(after(3 * DAY), after(9 * DAY));
      expect(found).toMatchObject({ status: 'MATCHED', transactions: 4 });
    }
    const balances = await em.fork().execute<{ kind: string; minor: string }[]>(
      `select a.kind, sum(p.amount_minor) as minor from payments.postings p
         join payments.ledger_accounts a on a.id = p.account_id where p.currency = 'NOK' group by a.kind order by a.kind`,
    );
    expect(balances.map(({ kind, minor }) => [kind, Number(minor)])).toEqual([
      ['BANK', 2_500],
      ['PLATFORM_CASH', -2_700],
      ['STRIPE_FEES', 200],
    ]);
  });
});

describe('reconciliations', () => {
  it('take as many statements for a hundred with what they found as for one', async () => {
    const id = "('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid";
    await em.fork().execute(
      `insert into payments.reconciliations (id, from_time, to_time, status, requested_by, started_at, finished_at)
       select ${id}, now(), now(), 'DIFFERENT', ${id}, timestamptz '2020-01-01' + n * interval '1 hour', now()
         from generate_series(1, 100) as n`,
    );
    await em.fork().execute(
      `insert into payments.differences (id, reconciliation_id, kind, currency)
       select ${id}, ${id}, 'BALANCE_DIFFERS', 'USD' from generate_series(1, 100) as n`,
    );
    const query = `query ($last: Int) { reconciliations(last: $last) { totalCount edges { node { ${FIELDS} } } } }`;
    const counts = [];
    for (const last of [1, 20, 100]) {
      const { result, statements } = await withStatements(() =>
        ask<{ reconciliations: { edges: { node: Found }[] } }>(query, { last }),
      );
      const { edges } = result.reconciliations;
      expect(edges.filter(({ node }) => node.differences.edges.length === 1)).toHaveLength(last);
      counts.push(statements.length);
    }
    expect(new Set(counts).size, counts.join()).toBe(1);
  });
});

describe('drift', () => {
  it('is found, each kind of it, and told of', async () => {
    const unknown = await charge('eur');
    const other = await charge('chf');
    await recordCharge(other.transaction, 10_001);
    const nowhere = { ...lesson(700, 'GBP'), tutorId };
    await record(em, [paymentPaid(nowhere, 'txn_nowhere')], after(4 * DAY));
    await record(em, [paymentPaid({ ...lesson(300, 'JPY'), tutorId }, null)], after(-2 * DAY));
    const { chargeId } = await (async () => {
      const made = await charge('usd');
      await recordCharge(made.transaction, 10_000);
      return made;
    })();
    const byHand = await stripe.transfers.create({
      ...{ amount: 1_000, currency: 'usd', destination: account, source_transaction: chargeId },
    });
    const [ofTutor] = (await stripe.balanceTransactions.list({ limit: 1 }, { stripeAccount: account })).data;

    const found = await reconcile(after(3 * DAY), after(9 * DAY));
    const told = found.differences.edges.map(({ node: { journalId, ledgerAmount, stripeAmount, ...node } }) => {
      const minor = (amount: unknown) => (amount as { amountMinor: number } | null)?.amountMinor ?? null;
      return { ...node, ledger: minor(ledgerAmount), stripe: minor(stripeAmount) };
    });
    const net = unknown.transaction.net;
    const at = (stripeTransactionId: string | null, stripeAccountId: string | null = null) => {
      return { stripeTransactionId, stripeAccountId };
    };
    const expected = [
      { kind: 'MISSING_IN_LEDGER', ...at(unknown.transaction.id), currency: 'EUR', ledger: null, stripe: net },
      { kind: 'BALANCE_DIFFERS', ...at(null), currency: 'EUR', ledger: 0, stripe: net },
      { kind: 'AMOUNT_DIFFERS', ...at(other.transaction.id), currency: 'CHF', ledger: net + 1, stripe: net },
      { kind: 'BALANCE_DIFFERS', ...at(null), currency: 'CHF', ledger: net + 1, stripe: net },
      { kind: 'MISSING_AT_STRIPE', ...at('txn_nowhere'), currency: 'GBP', ledger: 700, stripe: null },
      { kind: 'BALANCE_DIFFERS', ...at(null), currency: 'GBP', ledger: 700, stripe: 0 },
      { kind: 'BALANCE_DIFFERS', ...at(null), currency: 'JPY', ledger: 300, stripe: 0 },
      {
        kind: 'MISSING_IN_LEDGER',
        ...at(String(byHand.balance_transaction)),
        currency: 'USD',
        ledger: null,
        stripe: -1_000,
      },
      { kind: 'MISSING_IN_LEDGER', ...at(ofTutor?.id ?? '', account), currency: 'USD', ledger: null, stripe: 1_000 },
      { kind: 'BALANCE_DIFFERS', ...at(null, account), currency: 'USD', ledger: 0, stripe: 1_000 },
    ];
    const platform = 2 * unknown.transaction.net - 5_000;
    const ofPlatform = {
      kind: 'BALANCE_DIFFERS',
      ...at(null),
      currency: 'USD',
      ledger: platform,
      stripe: platform - 1_000,
    };
    const sorted = (all: object[]) => all.map((one) => JSON.stringify(one)).sort();
    expect(sorted(told)).toEqual(sorted([...expected, ofPlatform]));
    expect(found.status).toBe('DIFFERENT');
    const events = await em.fork().execute(
      `select event #>> '{data,differences}' as differences from payments.outbox
        where event ->> 'type' = 'tutorgraph.payments.reconciliation.differed.v1' and event ->> 'subject' = ?`,
      [found.id],
    );
    expect(events).toEqual([{ differences: String(told.length) }]);
  });
});

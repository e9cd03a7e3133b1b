import type { EntityManager } from '@mikro-orm/postgresql';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentPaid, refundAsked, shareReleased, stripeFee } from '../src/ledger/journals.js';
import { lesson, record } from './books.js';

const DAY = 24 * 60 * 60 * 1_000;
const BEGAN = new Date('2026-10-01T12:00:00.000Z');
const MANY = 1_100;
const day = (number: number) => new Date(BEGAN.getTime() + number * DAY);
const first = lesson(10_000);
const refund = { id: 'refund of the first', amountMinor: 5_000, shareMinor: 4_000, taxMinor: 0 };

let graph: TestGraph;
let served: ServedSubgraph;
let em: EntityManager;
let staff: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'payments']);
  const orm = graph.rooms.get('payments')?.orm;
  if (!orm) throw new Error('The payments room did not start');
  em = orm.em;
  [staff, served] = [await graph.person('ADMIN'), await graph.serve('payments')];
  const fee = { transactionId: 'txn_first', feeMinor: 320, currency: 'USD', paymentId: first.id };
  await record(em, [paymentPaid(first, 'txn_first'), stripeFee(fee)], day(0));
  await record(em, [refundAsked(first, refund, 'TUTOR_PENDING')], day(1));
  await record(em, [paymentPaid({ ...lesson(500, 'JPY'), tutorId: first.tutorId }, '=2+5')], day(2));
  await fill();
});

afterAll(async () => {
  await served?.close();
  await graph?.close();
});

/** Many journals of a day of their own, more than one batch of an export. */
async function fill(): Promise<void> {
  await record(em, [shareReleased(first, 4_000, 0)], day(10));
  await em.fork().execute(
    `with made as (
       insert into payments.journals (id, kind, cause, recorded_at)
       select ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'ADJUSTMENT', n::text, ?::timestamptz
         from generate_series(1, ?) as n returning id
     )
     insert into payments.postings (journal_id, account_id, currency, amount_minor)
     select made.id, a.id, 'USD', case a.kind when 'PLATFORM_CASH' then 1 else -1 end
       from made join payments.ledger_accounts a on a.kind in ('PLATFORM_CASH', 'COMMISSION') and a.currency = 'USD'`,
    [day(20), MANY],
  );
}

async function ask<Data>(query: string, variables: object = {}, person = staff): Promise<Data> {
  const { data, errors } = await graph.run('payments', query, variables, person);
  expect(errors).toBeUndefined();
  return data as Data;
}

interface Journals {
  ledger: { totalCount: number; edges: { cursor: string; node: { kind: string; postings: object[] } }[] };
}

async function kinds(filter: object, page: object = {}): Promise<string[]> {
  const query = `query ($filter: LedgerFilter, $first: Int, $after: String) {
    ledger(filter: $filter, first: $first, after: $after) { totalCount edges { cursor node { kind postings { id } } } } }`;
  const { ledger } = await ask<Journals>(query, { filter, ...page });
  return ledger.edges.map(({ node }) => node.kind);
}

describe('ledger', () => {
  it('shows journals with their postings, the newest first', async () => {
    const { ledger } = await ask<Journals>(
      `query ($filter: LedgerFilter) { ledger(filter: $filter) { totalCount edges { cursor node {
         kind cause stripeTransactionId recordedAt
         postings { amount { amountMinor currency } account { kind currency tutor { id } student { id } } } } } } }`,
      { filter: { paymentId: first.id, to: day(5) } },
    );
    expect(ledger.totalCount).toBe(3);
    const of = ledger.edges.map(({ node }) => node).toSorted((one, other) => one.kind.localeCompare(other.kind));
    const posting = (kind: string, amountMinor: number, tutor: object | null = null) => {
      return { amount: { amountMinor, currency: 'USD' }, account: { kind, currency: 'USD', tutor, student: null } };
    };
    expect(of[0]).toEqual({
      ...{ kind: 'PAYMENT', cause: first.id, stripeTransactionId: 'txn_first', recordedAt: day(0).toISOString() },
      postings: [
        posting('PLATFORM_CASH', 10_000),
        posting('TUTOR_PENDING', -8_000, { id: first.tutorId }),
        posting('COMMISSION', -2_000),
      ],
    });
    expect(of.map(({ kind }) => kind)).toEqual(['PAYMENT', 'REFUND', 'STRIPE_FEE']);
  });

  it.each([
    ['kind', { kind: 'REFUND' }, ['REFUND']],
    ['span, its end excluded', { from: day(1), to: day(2) }, ['REFUND']],
    ['transaction of Stripe', { stripeTransactionId: '=2+5' }, ['PAYMENT']],
    ['kind of account', { account: { kind: 'STRIPE_FEES' } }, ['STRIPE_FEE']],
    ['owner and currency', { account: { ownerId: first.tutorId, currency: 'JPY' } }, ['PAYMENT']],
    ['conditions together', { kind: 'REFUND', account: { currency: 'JPY' } }, []],
  ])('finds by %s', async (_what, filter, found) => {
    expect(await kinds(filter)).toEqual(found);
  });

  it('refuses an owner who is no id', async () => {
    const query = '{ ledger(filter: { account: { ownerId: "somebody" } }) { totalCount } }';
    expect((await graph.run('payments', query, {}, staff)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('takes as many statements for a hundred journals as for one', async () => {
    const query = `query ($first: Int) { ledger(first: $first) { totalCount edges { node {
      id payment { id } postings { amount { amountMinor } account { kind balance { amountMinor } } } } } } }`;
    const counts = [];
    for (const number of [1, 20, 100]) {
      const { result, statements } = await withStatements(() => ask<Journals>(query, { first: number }));
      expect(result.ledger.edges).toHaveLength(number);
      counts.push(statements.length);
    }
    expect(new Set(counts).size, counts.join()).toBe(1);
  });
});

describe('ledgerAccounts', () => {
  it('tell what they hold now and held before a moment', async () => {
    const { ledgerAccounts } = await ask<{ ledgerAccounts: { edges: { node: object }[] } }>(
      `query ($tutorId: ID, $at: DateTime) { ledgerAccounts(filter: { ownerId: $tutorId }) { edges { node {
         kind currency tutor { id } balance { amountMinor currency } before: balance(at: $at) { amountMinor } } } } }`,
      { tutorId: first.tutorId, at: day(1) },
    );
    const tutor = { id: first.tutorId };
    const account = (kind: string, currency: string, amountMinor: number, before: number) => {
      return { node: { kind, currency, tutor, balance: { amountMinor, currency }, before: { amountMinor: before } } };
    };
    expect(ledgerAccounts.edges).toEqual([
      account('TUTOR_AVAILABLE', 'USD', -4_000, 0),
      account('TUTOR_PENDING', 'JPY', -400, 0),
      account('TUTOR_PENDING', 'USD', 0, -8_000),
    ]);
  });
});

describe('exportLedger', () => {
  const EXPORT = `mutation ($input: ExportLedgerInput!) {
    exportLedger(input: $input) { url expiresAt userErrors { code field } } }`;

  async function address(from: Date, to: Date): Promise<URL> {
    const { exportLedger } = await ask<{ exportLedger: { url: string } }>(EXPORT, { input: { from, to } });
    const { pathname, search } = new URL(exportLedger.url);
    return new URL(pathname + search, served.url);
  }

  async function download(from: Date, to: Date): Promise<string[]> {
    const response = await fetch(await address(from, to));
    expect(response.status).toBe(200);
    return (await response.text()).split('\r\n').slice(0, -1);
  }

  it('gives an address under which a span is written as CSV, without formulas', async () => {
    const [header, ...lines] = await download(day(2), day(3));
    expect(header).toBe(
      'recorded_at,journal_id,posting_id,kind,cause,payment_id,stripe_transaction_id,account,owner,currency,debit_minor,credit_minor',
    );
    expect(lines).toHaveLength(3);
    const cells = lines.map((line) => line.split(','));
    expect(cells.map((cell) => [cell[0], cell[6], cell[7], ...cell.slice(9)])).toEqual([
      ['2026-10-03T12:00:00.000000Z', "'=2+5", 'PLATFORM_CASH', 'JPY', '500', ''],
      ['2026-10-03T12:00:00.000000Z', "'=2+5", 'TUTOR_PENDING', 'JPY', '', '400'],
      ['2026-10-03T12:00:00.000000Z', "'=2+5", 'COMMISSION', 'JPY', '', '100'],
    ]);
  });

  it('writes every posting of a long span once', async () => {
    const lines = (await download(day(20), day(21))).slice(1);
    expect(new Set(lines.map((line) => line.split(',')[2])).size).toBe(2 * MANY);
    expect(lines).toHaveLength(2 * MANY);
  });

  it('refuses a span that is none', async () => {
    const { exportLedger } = await ask<{ exportLedger: object }>(EXPORT, { input: { from: day(1), to: day(1) } });
    expect(exportLedger).toEqual({
      ...{ url: null, expiresAt: null },
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'to'] }],
    });
  });

  it.each([
    ['another span', (url: URL) => url.searchParams.set('from', BEGAN.toISOString())],
    ['another end', (url: URL) => url.searchParams.set('expires', day(9_999).toISOString())],
    ['another signature', (url: URL) => url.searchParams.set('signature', 'AAAA')],
    ['no signature', (url: URL) => url.searchParams.delete('signature')],
  ])('lets nobody in with %s', async (_what, change) => {
    const url = await address(day(2), day(3));
    change(url);
    const response = await fetch(url);
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
  });

  it('is in the audit log', async () => {
    await address(day(2), day(3));
    const told = await em
      .fork()
      .execute(
        `select event #>> '{data,actorId}' as actor from payments.outbox where event #>> '{data,action}' = 'payments.ledger.export'`,
      );
    expect(told.at(-1)).toEqual({ actor: staff.userId });
  });
});

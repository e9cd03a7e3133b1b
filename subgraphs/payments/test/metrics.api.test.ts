import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as journals from '../src/ledger/journals.js';
import { PremiumInvoice } from '../src/premium/premium-invoice.entity.js';
import { PremiumMembership } from '../src/premium/premium-membership.entity.js';
import { lesson, record } from './books.js';

const SPAN = { from: '2026-03-01T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' };
const march = (day: number) => new Date(Date.UTC(2026, 2, day, 23, 59));
const april = (day: number) => new Date(Date.UTC(2026, 3, day));
const MONEY = 'amountMinor currency';
const METRICS = `query ($span: [_Any!]!) { _entities(representations: $span) { ... on PlatformMetrics {
  from to activePremium grossVolume { ${MONEY} } netRevenue { ${MONEY} } refunds { ${MONEY} } payouts { ${MONEY} }
  moneyByDay { date currency grossVolume { ${MONEY} } netRevenue { amountMinor } refunds { amountMinor } payouts { amountMinor } } } } }`;

let graph: TestGraph;
let em: EntityManager;
let staff: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'payments']);
  const orm = graph.rooms.get('payments')?.orm;
  if (!orm) throw new Error('The payments room did not start');
  em = orm.em;
  staff = await graph.person('ADMIN');
  await story();
});

afterAll(() => graph?.close());

/** March brings a lesson, its fee and a premium month; April a refund, a lost dispute and a withdrawal. */
async function story(): Promise<void> {
  const [first, second, yen] = [lesson(10_000), lesson(6_000), lesson(3_000, 'JPY')];
  const fee = { transactionId: 'txn_1', feeMinor: 320, currency: 'USD', paymentId: first.id };
  const invoice = { stripeInvoiceId: 'in_1', amountMinor: 1_900, currency: 'USD' };
  await record(em, [journals.paymentPaid(lesson(99_900), 'txn_0')], new Date(Date.UTC(2026, 1, 28, 23, 59, 59)));
  await record(em, [journals.paymentPaid(first, 'txn_1'), journals.stripeFee(fee)], march(1));
  await record(em, [journals.paymentPaid(yen, 'txn_2'), journals.premiumInvoice(invoice, 317, 'txn_3')], march(2));
  await record(em, [journals.paymentPaid(second, 'txn_4')], april(1));
  const refund = { id: newId(), amountMinor: 5_000, shareMinor: 4_000, taxMinor: 0 };
  const failed = { ...refund, id: newId() };
  await record(
    em,
    [first].flatMap((payment) => [
      journals.refundAsked(payment, refund, 'TUTOR_PENDING'),
      journals.refundMade(payment, refund, 'txn_5'),
      journals.refundAsked(payment, failed, 'TUTOR_PENDING'),
      journals.refundMade(payment, failed, 'txn_6'),
      journals.refundFailed(payment, failed, 'TUTOR_PENDING', { stripeTransactionId: 'txn_7' }),
    ]),
    april(2),
  );
  const dispute = { id: newId(), amountMinor: 6_000, frozenMinor: 0, currency: 'USD' };
  await record(
    em,
    [
      journals.disputeOpened(second, dispute, 'TUTOR_PENDING', 'txn_8'),
      journals.disputeLost({ ...second, refundedMinor: 0 }, dispute),
    ],
    april(3),
  );
  const withdrawal = { id: newId(), tutorId: first.tutorId, amountMinor: 2_500, currency: 'USD' };
  const sentBack = { ...withdrawal, id: newId() };
  await record(
    em,
    [
      journals.withdrawalPaying(withdrawal, 'txn_9'),
      journals.withdrawalPaying(sentBack, 'txn_10'),
      journals.withdrawalFailed(sentBack, 'txn_11'),
    ],
    april(4),
  );
  await record(em, [journals.paymentPaid(lesson(99_900), 'txn_12')], new Date(SPAN.to));
  await premium(march(2), null);
  await premium(march(3), april(5));
  await premium(new Date(SPAN.to), null);
}

/** A membership that was paid once, and has ended or not. */
async function premium(paidAt: Date, endedAt: Date | null): Promise<void> {
  const times = { createdAt: paidAt, updatedAt: paidAt };
  const id = newId();
  await em.fork().insert(PremiumMembership, {
    ...{ id, tutorId: newId(), userId: newId(), priceMinor: 1_900, currency: 'USD', endedAt, ...times },
    status: endedAt ? 'ENDED' : 'ACTIVE',
  });
  await em.fork().insert(PremiumInvoice, {
    ...{ stripeInvoiceId: `in_${id}`, membershipId: id, amountMinor: 1_900, currency: 'USD', paidAt },
  });
}

function usd(amountMinor: number) {
  return { amountMinor, currency: 'USD' };
}

describe('PlatformMetrics', () => {
  const representations = { span: [{ __typename: 'PlatformMetrics', ...SPAN }] };

  it('tell what money did within a span, by currency and by day', async () => {
    const { data, errors } = await graph.run('payments', METRICS, representations, staff);
    expect(errors).toBeUndefined();
    const day = (date: string, currency: string, [gross, net, refunds, payouts]: number[]) => {
      const [netRevenue, back, out] = [net, refunds, payouts].map((amountMinor) => ({ amountMinor }));
      return { date, currency, grossVolume: { amountMinor: gross, currency }, netRevenue, refunds: back, payouts: out };
    };
    expect(data['_entities']).toEqual([
      {
        ...SPAN,
        activePremium: 1,
        grossVolume: [{ amountMinor: 3_000, currency: 'JPY' }, usd(16_000)],
        // 2,000 - 320 + 1,583 in March; 1,200 - 1,000 - 1,200 - 4,800 in April.
        netRevenue: [{ amountMinor: 600, currency: 'JPY' }, usd(3_263 - 5_800)],
        refunds: [usd(5_000)],
        payouts: [usd(2_500)],
        moneyByDay: [
          day('2026-03-01', 'USD', [10_000, 1_680, 0, 0]),
          day('2026-03-02', 'JPY', [3_000, 600, 0, 0]),
          day('2026-03-02', 'USD', [0, 1_583, 0, 0]),
          day('2026-04-01', 'USD', [6_000, 1_200, 0, 0]),
          day('2026-04-02', 'USD', [0, -1_000, 5_000, 0]),
          day('2026-04-03', 'USD', [0, -6_000, 0, 0]),
          day('2026-04-04', 'USD', [0, 0, 0, 2_500]),
        ],
      },
    ]);
  });

  it('cost two statements, however much is asked', async () => {
    const { statements } = await withStatements(() => graph.run('payments', METRICS, representations, staff));
    expect(statements).toHaveLength(2);
  });

  it('hide all of it from whoever may not see it', async () => {
    const { data } = await graph.run('payments', METRICS, representations, await graph.person('SUPERVISOR'));
    const hidden = { activePremium: null, grossVolume: null, netRevenue: null, refunds: null, payouts: null };
    expect(data['_entities']).toEqual([{ ...SPAN, ...hidden, moneyByDay: null }]);
  });

  it('are nothing for a span that is none', async () => {
    const span = [{ __typename: 'PlatformMetrics', from: 'long ago', to: 'now' }];
    expect((await graph.run('payments', METRICS, { span }, staff)).data).toEqual({ _entities: [null] });
  });
});

describe('profitByMonth', () => {
  const PROFIT = `query ($from: DateTime!, $to: DateTime!) { profitByMonth(from: $from, to: $to) {
    month currency revenue { ${MONEY} } fees { amountMinor } losses { amountMinor } profit { amountMinor } } }`;

  it('tells what the platform earned and spent', async () => {
    const { data } = await graph.run('payments', PROFIT, SPAN, staff);
    const month = (name: string, currency: string, [revenue, ...rest]: number[]) => {
      const [fees, losses, profit] = rest.map((amountMinor) => ({ amountMinor }));
      return { month: name, currency, revenue: { amountMinor: revenue, currency }, fees, losses, profit };
    };
    expect(data['profitByMonth']).toEqual([
      month('2026-03-01', 'JPY', [600, 0, 0, 600]),
      month('2026-03-01', 'USD', [3_583, 320, 0, 3_263]),
      month('2026-04-01', 'USD', [-1_000, 0, 4_800, -5_800]),
    ]);
  });

  it.each([
    ['ends before it begins', { from: SPAN.to, to: SPAN.from }],
    ['is longer than ten years', { from: '2010-01-01T00:00:00Z', to: SPAN.to }],
  ])('refuses a span that %s', async (_what, span) => {
    expect((await graph.run('payments', PROFIT, span, staff)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

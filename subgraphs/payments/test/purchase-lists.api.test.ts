import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MOST = 100;
const TUTOR = '01900000-0000-7000-8000-000000000001';

let graph: TestGraph;
let student: TestPerson;
let staff: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'payments'], undefined, {
    STRIPE_SECRET_KEY: 'sk_test_emulator',
    STRIPE_API_URL: 'http://127.0.0.1:9',
    STRIPE_WEBHOOK_SECRET: 'whsec_lists',
  });
  [student, staff] = [await graph.person('STUDENT'), await graph.person('SUPERVISOR')];
  await fill(student.userId);
  // The first request of all fetches keys.
  await graph.run('payments', '{ myPayments { totalCount } }', {}, student);
});

afterAll(() => graph?.close());

async function sql(statement: string, values: unknown[]): Promise<void> {
  await graph.rooms.get('payments')?.orm.em.fork().execute(statement, values);
}

/** A hundred packages, each with its payment and that of a lesson, with a refund. */
async function fill(payerId: string): Promise<void> {
  const id = (kind: number) => `('01900000-0000-7000-800${kind}-' || lpad(n::text, 12, '0'))::uuid`;
  const numbers = `generate_series(1, ${MOST}) as n`;
  await sql(
    `insert into payments.packages (id, status, student_id, tutor_id, subject_id, duration_minutes, lessons, amount_minor,
       currency, commission_percent, credit_minor, valid_days, valid_until, created_at, updated_at)
     select ${id(1)}, 'ACTIVE', ?, ?, ${id(2)}, 60, 5, 10000, 'EUR', 33, 10000, 180, now(), now(), now() from ${numbers}`,
    [payerId, TUTOR],
  );
  for (const [kind, booking, number] of [
    ['PACKAGE', 'null::uuid', 3],
    ['LESSON', id(5), 4],
  ] as const) {
    await sql(
      `insert into payments.payments (id, kind, method, status, payer_id, tutor_id, booking_id, package_id, amount_minor,
         currency, commission_percent, share_minor, tax_minor, failure_code, paid_at, created_at, updated_at)
       select ${id(number)}, ?, 'CHECKOUT', 'SUCCEEDED', ?, ?, ${booking}, ${id(1)}, 2500, 'EUR', 33, 0, 0,
         'card_declined', now(), now(), now() from ${numbers}`,
      [kind, payerId, TUTOR],
    );
  }
  await sql(
    `insert into payments.refunds (id, payment_id, status, reason, amount_minor, share_minor, tax_minor, cause, created_at)
     select ${id(6)}, ${id(4)}, 'PENDING', 'BY_STAFF', 100, 67, 0, ${id(6)}::text, now() from ${numbers}`,
    [],
  );
}

const PAYMENT = `id amount { amountMinor } refundedAmount { amountMinor } payer { id } tutor { id } failureMessage
  receiptUrl refunds { id amount { amountMinor } } package { id lessonsLeft } booking { id payment { id } }`;
const lists: [string, string, () => TestPerson][] = [
  ['myPayments', PAYMENT, () => student],
  ['payments', PAYMENT, () => staff],
  ['myPackages', `id credit { amountMinor } student { id } subject { id } payment { ${PAYMENT} }`, () => student],
];

it.each(lists)('%s sends as many statements for a hundred as for two', async (field, selection, person) => {
  const counts: number[] = [];
  for (const first of [2, MOST]) {
    const query = `{ ${field}(first: ${first}) { totalCount edges { node { ${selection} } } } }`;
    const { result, statements } = await withStatements(() => graph.run('payments', query, {}, person()));
    expect(result.errors).toBeUndefined();
    expect((result.data[field] as { edges: unknown[] }).edges).toHaveLength(first);
    counts.push(statements.length);
  }
  expect(counts[1]).toBe(counts[0]);
});

it.each([
  ['status', { status: 'SUCCEEDED' }, 2 * MOST],
  ['status', { status: 'PENDING' }, 0],
  ['payer', { payerId: '01900000-0000-7000-8000-000000000009' }, 0],
  ['tutor', { tutorId: TUTOR }, 2 * MOST],
  ['booking', { bookingId: '01900000-0000-7000-8005-000000000001' }, 1],
  ['package', { packageId: '01900000-0000-7000-8001-000000000001' }, 2],
  ['time', { from: '2100-01-01T00:00:00Z' }, 0],
  ['time', { to: '2100-01-01T00:00:00Z' }, 2 * MOST],
])('payments can be picked by their %s', async (_what, filter, count) => {
  const query = 'query ($filter: PaymentsFilter) { payments(filter: $filter) { totalCount } }';
  const { data } = await graph.run('payments', query, { filter }, staff);
  expect(data['payments']).toEqual({ totalCount: count });
});

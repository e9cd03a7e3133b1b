import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { bookMovement } from '@tutorgraph/stripe-emulator/money/balance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shares } from './shares.js';
import { type TestTutor, Till } from './till.js';

const DAYS = 86_400;
/** Of a lesson of 1000 euros. */
const SHARE = 67_000;
let till: Till;
let shares: Shares;
let staff: TestPerson;
let tutor: TestTutor;
let unlucky: TestTutor;
let hasty: TestTutor;
let greedy: TestTutor;

beforeAll(async () => {
  till = await Till.open();
  shares = new Shares(till);
  staff = await till.graph.person('ADMIN');
  tutor = await richTutor();
  // A bank account that was closed, among Stripe's test numbers.
  unlucky = await richTutor('DE08370400440532013003');
  hasty = await richTutor();
  if (isRealPostgres()) greedy = await richTutor();
  // Payments settle in some days.
  till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 5 * DAYS);
  await till.settle();
}, 120_000);

afterAll(async () => {
  await shares?.close();
  await till?.close();
});

/** A tutor who was paid for a lesson of 1000 euros. */
async function richTutor(iban?: string): Promise<TestTutor> {
  const teacher = await till.teacher(100_000);
  await till.onboard(teacher.tutor, iban);
  const { paymentId } = await till.paidBooking({ student: await till.student(), ...teacher });
  await shares.release(paymentId);
  await till.settle();
  return teacher.tutor;
}

async function withdraw(amountMinor: number, person = tutor, more: object = {}) {
  const { payload, refused } = await till.mutate(
    'requestWithdrawal',
    { amount: { amountMinor, currency: 'EUR' }, ...more },
    person,
  );
  return { refused, withdrawal: (payload['withdrawal'] ?? {}) as { id: string; status: string } };
}

async function status(id: string): Promise<unknown> {
  const query = 'query ($id: ID!) { withdrawal(id: $id) { status failureCode rejectionReason arrivesAt } }';
  return (await till.run(query, { id }, staff)).data['withdrawal'];
}

async function withdrawable(person = tutor): Promise<number> {
  const { data } = await till.run('{ myBalance { withdrawable { amountMinor } } }', {}, person);
  const [first] = data['myBalance'] as { withdrawable: { amountMinor: number } }[];
  return first?.withdrawable.amountMinor ?? 0;
}

describe('a withdrawal', () => {
  it('is refused without an account, and when there is less', async () => {
    const { tutor: poor } = await till.teacher();
    expect((await withdraw(1, poor)).refused).toEqual(['PAYOUT_ACCOUNT_REQUIRED']);
    expect(await withdrawable()).toBe(SHARE);
    expect((await withdraw(SHARE + 1)).refused).toEqual(['INSUFFICIENT_BALANCE']);
    expect((await withdraw(0)).refused).toEqual(['INVALID_INPUT']);
  });

  it('is paid at once when it is small, and once for its key', async () => {
    const key = { idempotencyKey: 'small' };
    const [first, again] = [await withdraw(7_000, tutor, key), await withdraw(7_000, tutor, key)];
    expect(first.withdrawal.status).toBe('APPROVED');
    expect(again.withdrawal.id).toBe(first.withdrawal.id);
    expect((await withdraw(7_001, tutor, key)).refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    await till.settle();
    expect(await status(first.withdrawal.id)).toMatchObject({ status: 'PAYING', arrivesAt: expect.any(String) });
    expect(await withdrawable()).toBe(SHARE - 7_000);
    // The bank has it after a minute.
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 6 * DAYS);
    await till.settle();
    expect(await status(first.withdrawal.id)).toMatchObject({ status: 'PAID' });
    expect(await till.told(first.withdrawal.id)).toEqual(['withdrawal.approved', 'withdrawal.paid']);
    const { data } = await till.stripe.payouts.list({}, { stripeAccount: await account(tutor) });
    expect(data.map(({ amount }) => amount)).toEqual([7_000]);
  });

  it('gives the money back when the bank does not take it', async () => {
    const { withdrawal } = await withdraw(5_000, unlucky);
    await till.settle();
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 7 * DAYS);
    await till.settle();
    expect(await status(withdrawal.id)).toMatchObject({ status: 'FAILED', failureCode: 'account_closed' });
    expect(await withdrawable(unlucky)).toBe(SHARE);
    const { available } = await till.stripe.balance.retrieve({}, { stripeAccount: await account(unlucky) });
    expect(available).toMatchObject([{ amount: SHARE }]);
  });

  it('waits for staff when it is large, who approves, rejects with a reason, or finds it taken back', async () => {
    const large = 50_001;
    const first = (await withdraw(large)).withdrawal;
    expect(first.status).toBe('REQUESTED');
    expect((await withdraw(large)).refused).toEqual(['INSUFFICIENT_BALANCE']);
    expect((await till.mutate('approveWithdrawal', { withdrawalId: first.id }, tutor)).codes).toEqual(['FORBIDDEN']);
    const other = (await till.mutate('cancelWithdrawal', { withdrawalId: first.id }, unlucky)).refused;
    expect(other).toEqual(['NOT_FOUND']);
    const reject = { withdrawalId: first.id, reason: 'Call us first.' };
    expect((await till.mutate('rejectWithdrawal', reject, staff)).refused).toEqual([]);
    expect(await status(first.id)).toMatchObject({ status: 'REJECTED', rejectionReason: 'Call us first.' });
    expect((await till.mutate('rejectWithdrawal', reject, staff)).refused).toEqual(['WITHDRAWAL_DECIDED']);

    const second = (await withdraw(large)).withdrawal;
    await till.mutate('cancelWithdrawal', { withdrawalId: second.id }, tutor);
    expect((await till.mutate('approveWithdrawal', { withdrawalId: second.id }, staff)).refused).toEqual([
      'WITHDRAWAL_DECIDED',
    ]);

    const third = (await withdraw(large)).withdrawal;
    expect((await till.mutate('approveWithdrawal', { withdrawalId: third.id }, staff)).refused).toEqual([]);
    await till.settle();
    expect(await status(third.id)).toMatchObject({ status: 'PAYING' });
    expect(await till.told(third.id)).toEqual([
      'withdrawal.requested',
      'withdrawal.approved',
      'staff-action.performed',
    ]);
    expect(await withdrawable()).toBe(SHARE - 7_000 - large);
  });

  it('is not approved when the money went back to a student meanwhile', async () => {
    const [payment] = await till.sql<{ id: string }>('select id from payments.payments where tutor_id = ?', [
      hasty.tutorId,
    ]);
    const { withdrawal } = await withdraw(60_000, hasty);
    await shares.reverse(payment?.id ?? '', 10_000, 'refund:meanwhile');
    await till.settle();
    expect((await till.mutate('approveWithdrawal', { withdrawalId: withdrawal.id }, staff)).refused).toEqual([
      'INSUFFICIENT_BALANCE',
    ]);
  });

  it('is told to its tutor and to staff only, in as many statements however many there are', async () => {
    const query = '{ withdrawals(first: 50) { edges { node { id tutor { id } decidedBy { id } } } } }';
    const own = async (person: TestPerson) => {
      const { data } = await till.run(query, {}, person);
      return (data['withdrawals'] as { edges: { node: { id: string; tutor: { id: string } } }[] }).edges;
    };
    expect(new Set((await own(tutor)).map(({ node }) => node.tutor.id))).toEqual(new Set([tutor.tutorId]));
    expect((await own(await till.student())).length).toBe(0);
    const few = await withStatements(() => own(unlucky));
    const many = await withStatements(() => own(staff));
    expect(many.result.length).toBeGreaterThan(few.result.length);
    expect(many.statements).toHaveLength(few.statements.length);
  });
});

describe.skipIf(!isRealPostgres())('withdrawals at once', () => {
  it('never take more than there is', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => withdraw(20_000, greedy)));
    expect(outcomes.filter(({ refused }) => refused.length === 0)).toHaveLength(3);
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(3).fill('INSUFFICIENT_BALANCE'));
    expect(await withdrawable(greedy)).toBe(SHARE - 60_000);
    await till.settle();
  });
});

describe('staff', () => {
  it('gives a tutor money of the platform, once for a key, and says why', async () => {
    till.emulator.engine.transact((tx) =>
      bookMovement(tx, {
        ...{ type: 'adjustment', reportingCategory: 'other_adjustment', source: null, description: null },
        ...{ amount: 100_000, currency: 'eur' },
      }),
    );
    const before = await withdrawable();
    const input = {
      ...{ tutorId: tutor.tutorId, amount: { amountMinor: 1_234, currency: 'EUR' }, reason: 'Nobody came.' },
      idempotencyKey: 'gift',
    };
    const [first, again] = [
      await till.mutate('transferToTutor', input, staff),
      await till.mutate('transferToTutor', input, staff),
    ];
    expect(first.payload['transfer']).toMatchObject({ status: 'SUCCEEDED', reason: 'Nobody came.' });
    expect(again.payload).toEqual(first.payload);
    expect(await withdrawable()).toBe(before + 1_234);
    const { id } = first.payload['transfer'] as { id: string };
    expect(await till.told(id)).toEqual(['staff-action.performed', 'transfer.made']);
    const query =
      'query ($filter: TransferFilter) { transfers(filter: $filter) { edges { node { id requestedBy { id } } } } }';
    const { data } = await till.run(query, { filter: { tutorId: tutor.tutorId, status: 'SUCCEEDED' } }, staff);
    expect((data['transfers'] as { edges: unknown[] }).edges[0]).toEqual({
      node: { id, requestedBy: { id: staff.userId } },
    });
  });

  it('is told when Stripe refuses it, and when the tutor has no account', async () => {
    const amount = { amountMinor: 900_000_000, currency: 'EUR' };
    const gift = { tutorId: tutor.tutorId, amount, reason: 'Too much.' };
    const before = await withdrawable();
    expect((await till.mutate('transferToTutor', gift, staff)).refused).toEqual(['TRANSFER_REFUSED']);
    expect(await withdrawable()).toBe(before);
    const { tutor: poor } = await till.teacher();
    const refused = (await till.mutate('transferToTutor', { ...gift, tutorId: poor.tutorId }, staff)).refused;
    expect(refused).toEqual(['PAYOUT_ACCOUNT_REQUIRED']);
  });
});

async function account({ tutorId }: TestTutor): Promise<string> {
  const [row] = await till.sql<{ id: string }>(
    'select stripe_account_id as id from payments.payout_accounts where tutor_id = ?',
    [tutorId],
  );
  return row?.id ?? '';
}

import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Shares } from './shares.js';
import { type TestTutor, Till } from './till.js';

/** Of a lesson of 25 euros. */
const SHARE = 1_675;
let till: Till;
let shares: Shares;
let student: TestPerson;

beforeAll(async () => {
  till = await Till.open();
  shares = new Shares(till);
  student = await till.student();
});

afterAll(async () => {
  await shares?.close();
  await till?.close();
});

interface Teacher {
  tutor: TestTutor;
  subjectId: string;
}

/** A tutor with an account at Stripe that can be paid. */
async function paidTeacher(): Promise<Teacher> {
  const teacher = await till.teacher();
  await till.onboard(teacher.tutor);
  return teacher;
}

async function paidLesson(teacher: Teacher): Promise<string> {
  return (await till.paidBooking({ student, ...teacher })).paymentId;
}

async function balance(tutor: TestTutor): Promise<Record<string, number>> {
  const amounts = ['pending', 'available', 'frozen', 'owed', 'withdrawable'];
  const query = `{ myBalance { currency ${amounts.map((name) => `${name} { amountMinor }`).join(' ')} } }`;
  const { data } = await till.run(query, {}, tutor);
  const [first = {}] = data['myBalance'] as Record<string, { amountMinor: number }>[];
  return Object.fromEntries(amounts.map((name) => [name, first[name]?.amountMinor ?? 0]));
}

function transfersOf(paymentId: string): Promise<{ status: string; amount: string; reversed: string }[]> {
  return till.sql(
    `select status, amount_minor as amount, reversed_minor as reversed from payments.transfers
     where payment_id = ? order by created_at`,
    [paymentId],
  );
}

/** What is at a tutor's account at Stripe, usable or not yet. */
async function atStripe({ tutorId }: TestTutor): Promise<number> {
  const [row] = await till.sql<{ account: string }>(
    'select stripe_account_id as account from payments.payout_accounts where tutor_id = ?',
    [tutorId],
  );
  const { available, pending } = await till.stripe.balance.retrieve({}, { stripeAccount: row?.account ?? '' });
  return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
}

describe('a payout account', () => {
  const OWN = '{ myPayoutAccount { country detailsSubmitted transfersEnabled payoutsEnabled requirementsDue } }';

  it('needs a tutor profile, and somewhere to lead back to', async () => {
    const nobody = await till.graph.person('TUTOR');
    expect((await till.mutate('createPayoutAccount', {}, nobody)).refused).toEqual(['TUTOR_PROFILE_REQUIRED']);
    const { tutor } = await till.teacher();
    const urls = { returnUrl: 'http://localhost:5173/a', refreshUrl: 'http://localhost:5173/b' };
    expect((await till.mutate('payoutOnboardingLink', urls, tutor)).refused).toEqual(['PAYOUT_ACCOUNT_REQUIRED']);
    await till.mutate('createPayoutAccount', {}, tutor);
    const astray = { ...urls, returnUrl: 'https://elsewhere.example/' };
    expect((await till.mutate('payoutOnboardingLink', astray, tutor)).refused).toEqual(['INVALID_RETURN_URL']);
  });

  it('is opened once, in a country that Stripe knows, and can be paid when Stripe has asked all', async () => {
    const { tutor } = await till.teacher();
    expect((await till.mutate('createPayoutAccount', { country: 'XX' }, tutor)).refused).toEqual([
      'COUNTRY_NOT_SUPPORTED',
    ]);
    expect((await till.run(OWN, {}, tutor)).data).toEqual({ myPayoutAccount: null });
    const wishes = [1, 2].map(() => till.mutate('createPayoutAccount', { country: 'DE' }, tutor));
    for (const { payload } of await Promise.all(wishes)) {
      expect(payload['account']).toMatchObject({ country: 'DE', transfersEnabled: false });
    }
    const { data: accounts } = await till.stripe.accounts.list({ limit: 100 });
    expect(accounts.filter(({ metadata }) => metadata?.['tutorId'] === tutor.tutorId)).toHaveLength(1);
    const dashboard = 'mutation { payoutDashboardLink { url userErrors { code } } }';
    expect((await till.run(dashboard, {}, tutor)).data['payoutDashboardLink']).toMatchObject({
      userErrors: [{ code: 'PAYOUT_ACCOUNT_INCOMPLETE' }],
    });

    await till.onboard(tutor);
    expect((await till.run(OWN, {}, tutor)).data['myPayoutAccount']).toEqual({
      country: 'DE',
      detailsSubmitted: true,
      transfersEnabled: true,
      payoutsEnabled: true,
      requirementsDue: [],
    });
    expect(await till.told(tutor.tutorId)).toContain('payout-account.changed');
    expect((await till.run(dashboard, {}, tutor)).data['payoutDashboardLink']).toMatchObject({
      url: expect.stringContaining('http'),
    });
  });
});

describe("a tutor's share", () => {
  it('waits until the account can take it', async () => {
    const teacher = await till.teacher();
    const paymentId = await paidLesson(teacher);
    expect(await balance(teacher.tutor)).toMatchObject({ pending: SHARE, available: 0 });
    await shares.release(paymentId);
    await shares.release(paymentId);
    expect(await balance(teacher.tutor)).toMatchObject({ pending: 0, available: SHARE, withdrawable: 0 });
    expect(await transfersOf(paymentId)).toEqual([{ status: 'WAITING', amount: String(SHARE), reversed: '0' }]);

    await till.onboard(teacher.tutor);
    await vi.waitFor(async () => expect(await transfersOf(paymentId)).toMatchObject([{ status: 'SUCCEEDED' }]), {
      timeout: 10_000,
      interval: 50,
    });
    expect(await atStripe(teacher.tutor)).toBe(SHARE);
    expect(await balance(teacher.tutor)).toMatchObject({ available: SHARE, withdrawable: SHARE });
    expect(await till.payment(paymentId)).toMatchObject({ share_status: 'RELEASED', transferred_minor: String(SHARE) });
    const query = `{ myEarnings(first: 5) { totalCount edges { node { id status amount { amountMinor } transferred { amountMinor } booking { id } } } } }`;
    expect((await till.run(query, {}, teacher.tutor)).data['myEarnings']).toMatchObject({
      totalCount: 1,
      edges: [{ node: { id: paymentId, status: 'RELEASED', transferred: { amountMinor: SHARE } } }],
    });
  });

  it('is not transferred as far as it went back before', async () => {
    const teacher = await till.teacher();
    const paymentId = await paidLesson(teacher);
    await shares.release(paymentId);
    await shares.reverse(paymentId, 675, 'refund:before-1');
    expect(await transfersOf(paymentId)).toMatchObject([{ status: 'WAITING', amount: '1000' }]);
    await shares.reverse(paymentId, 1_000, 'refund:before-2');
    await till.onboard(teacher.tutor);
    expect(await atStripe(teacher.tutor)).toBe(0);
    expect(await transfersOf(paymentId)).toMatchObject([{ status: 'CANCELLED' }]);
  });

  it('is reversed where it is, also on its way, and comes back when the refund has failed', async () => {
    const teacher = await paidTeacher();
    const paymentId = await paidLesson(teacher);
    await shares.releaseAndReverse(paymentId, 175, 'refund:on-its-way');
    await till.settle();
    expect(await atStripe(teacher.tutor)).toBe(1_500);
    await shares.reverse(paymentId, 500, 'refund:later');
    await till.settle();
    expect(await atStripe(teacher.tutor)).toBe(1_000);
    expect(await transfersOf(paymentId)).toMatchObject([{ status: 'SUCCEEDED', reversed: '675' }]);
    expect(await till.payment(paymentId)).toMatchObject({ transferred_minor: '1000' });

    await shares.giveBack(paymentId, 500, 'refund:later');
    await till.settle();
    expect(await atStripe(teacher.tutor)).toBe(1_500);
    expect(await till.payment(paymentId)).toMatchObject({ transferred_minor: '1500' });
  });

  it('is owed when it has left, and the next share pays that', async () => {
    const teacher = await paidTeacher();
    const [first, second, third] = [await paidLesson(teacher), await paidLesson(teacher), await paidLesson(teacher)];
    await shares.release(first);
    await till.settle();
    await shares.takeAway(teacher.tutor, 1_075);
    await shares.reverse(first, SHARE, 'refund:owed');
    await till.settle();
    expect(await atStripe(teacher.tutor)).toBe(0);
    expect(await balance(teacher.tutor)).toMatchObject({ owed: 1_075, withdrawable: 0 });

    await shares.release(second);
    await till.settle();
    expect(await balance(teacher.tutor)).toMatchObject({ owed: 0 });
    expect(await transfersOf(second)).toMatchObject([{ amount: '600' }]);
    await shares.release(third);
    await till.settle();
    expect(await transfersOf(third)).toMatchObject([{ amount: String(SHARE) }]);
  });
});

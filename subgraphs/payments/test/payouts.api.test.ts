import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
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

async function accountOf({ tutorId }: TestTutor): Promise<string> {
  const [row] = await till.sql<{ account: string }>(
    'select stripe_account_id as account from payments.payout_accounts where tutor_id = ?',
    [tutorId],
  );
  return row?.account ?? '';
}

/** What is at a tutor's account at Stripe, usable or not yet. */
async function atStripe(tutor: TestTutor): Promise<number> {
  const { available, pending } = await till.stripe.balance.retrieve({}, { stripeAccount: await accountOf(tutor) });
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

  it('that Stripe refuses waits, and is transferred once it can be', async () => {
    const teacher = await paidTeacher();
    const paymentId = await paidLesson(teacher);
    const account = await accountOf(teacher.tutor);
    await till.stripe.accounts.update(account, { capabilities: { transfers: { requested: false } } });
    for (const event of till.undelivered()) till.lose(event);
    await shares.release(paymentId);
    await till.settle();
    expect(await transfersOf(paymentId)).toMatchObject([{ status: 'WAITING' }]);
    expect(await till.payment(paymentId)).toMatchObject({ share_status: 'RELEASED', transferred_minor: '0' });

    await till.stripe.accounts.update(account, { capabilities: { transfers: { requested: true } } });
    await till.settle();
    const job = till.graph.rooms.get('payments')?.parts.jobs?.find(({ name }) => name === 'transfer-waiting-shares');
    const logger = createLogger({ service: 'test', level: 'error' });
    await job?.handler({}, { id: 'run', attempt: 1, signal: AbortSignal.timeout(30_000), logger });
    await till.settle();
    expect(await transfersOf(paymentId)).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(await atStripe(teacher.tutor)).toBe(SHARE);
  });
});

describe('lists', () => {
  it('take as many statements however much is in them', async () => {
    const teacher = await paidTeacher();
    const staff = await till.graph.person('SUPERVISOR');
    const query = {
      own: '{ myEarnings(first: 50) { edges { node { id booking { id } amount { amountMinor } } } } myBalance { currency } }',
      all: `query ($tutorId: ID!) { transfers(filter: { tutorId: $tutorId }, first: 50) {
        edges { node { id tutor { id } amount { amountMinor } payment { id status payer { id } } } } } }`,
    };
    const read = async () => {
      const own = await withStatements(() => till.run(query.own, {}, teacher.tutor));
      const all = await withStatements(() => till.run(query.all, { tutorId: teacher.tutor.tutorId }, staff));
      const { edges } = all.result.data['transfers'] as { edges: unknown[] };
      return { items: edges.length, statements: [own.statements.length, all.statements.length] };
    };
    await shares.release(await paidLesson(teacher));
    const few = await read();
    for (const _ of [1, 2]) await shares.release(await paidLesson(teacher));
    const many = await read();
    expect([few.items, many.items]).toEqual([1, 3]);
    expect(many.statements).toEqual(few.statements);
  });
});

describe.skipIf(!isRealPostgres())('at once', () => {
  it('shares pay a debt only once, and nothing is taken back twice', async () => {
    const teacher = await paidTeacher();
    const lessons: string[] = [];
    for (const _ of [1, 2, 3, 4]) lessons.push(await paidLesson(teacher));
    const [first = '', second = '', third = '', fourth = ''] = lessons;
    await Promise.all([first, second].map((id) => shares.release(id)));
    await till.settle();
    await shares.takeAway(teacher.tutor, SHARE);
    // One share is left at Stripe, and both are wanted back.
    await Promise.all([first, second].map((id) => shares.reverse(id, SHARE, `refund:${id}`)));
    await till.settle();
    expect(await atStripe(teacher.tutor)).toBe(0);
    expect(await balance(teacher.tutor)).toMatchObject({ available: 0, owed: SHARE, withdrawable: 0 });
    await Promise.all([third, fourth].flatMap((id) => [shares.release(id), shares.release(id)]));
    await till.settle();
    expect(await balance(teacher.tutor)).toMatchObject({ owed: 0, withdrawable: SHARE });
    expect(await atStripe(teacher.tutor)).toBe(SHARE);
  });
});

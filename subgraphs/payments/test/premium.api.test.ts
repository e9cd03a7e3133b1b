import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestTutor, Till } from './till.js';

const DAY = 86_400;
const DAY_MS = DAY * 1_000;
const URLS = { successUrl: 'http://localhost:5173/premium', cancelUrl: 'http://localhost:5173/account' };
let till: Till;

beforeAll(async () => {
  till = await Till.open();
});

afterAll(() => till?.close());

interface Membership {
  id: string;
  status: string;
  checkoutUrl: string | null;
  premiumUntil: string | null;
  cancelAtPeriodEnd: boolean;
}

async function activate(tutor: TestTutor): Promise<Membership> {
  const { payload, refused } = await till.mutate('activatePremium', URLS, tutor);
  if (!payload['membership']) throw new Error(`activatePremium was refused: ${refused.join()}`);
  return payload['membership'] as Membership;
}

/** A tutor who has just become premium. */
async function premiumTutor(): Promise<{ tutor: TestTutor; id: string }> {
  const { tutor } = await till.teacher();
  const { id, checkoutUrl } = await activate(tutor);
  await till.payOnPage(String(checkoutUrl));
  await till.settle();
  return { tutor, id };
}

async function own(tutor: TestTutor): Promise<Membership & { graceUntil: string | null }> {
  const query =
    '{ myPremiumMembership { id status checkoutUrl premiumUntil graceUntil cancelAtPeriodEnd endedAt price { amountMinor } } }';
  return (await till.run(query, {}, tutor)).data['myPremiumMembership'] as Membership & { graceUntil: string | null };
}

async function change(field: 'cancelPremium' | 'resumePremium', tutor: TestTutor) {
  const query = `mutation { ${field} { membership { status cancelAtPeriodEnd } userErrors { code } } }`;
  return (await till.run(query, {}, tutor)).data[field];
}

async function isShownAsPremium({ tutorId }: TestTutor): Promise<boolean> {
  const [row] = await till.sql<{ premium: boolean }>('select premium from marketplace.tutors where id = ?', [tutorId]);
  return row?.premium ?? false;
}

/** Moves Stripe's clock, and hears what came of it. */
async function pass(days: number): Promise<void> {
  const now = till.emulator.engine.transact((tx) => tx.now);
  till.emulator.engine.setTime(now + days * DAY);
  await till.settle();
}

/** The subscription at Stripe. */
async function subscriptionOf(id: string): Promise<string> {
  const [row] = await till.sql<{ subscription: string }>(
    'select stripe_subscription_id as subscription from payments.premium_memberships where id = ?',
    [id],
  );
  return row?.subscription ?? '';
}

/** Lets the next renewal of a membership fail. */
async function emptyCard(id: string): Promise<string> {
  const subscription = await till.stripe.subscriptions.retrieve(await subscriptionOf(id));
  const customer = String(subscription.customer);
  const { id: card } = await till.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await till.stripe.subscriptions.update(subscription.id, { default_payment_method: card });
  return subscription.id;
}

describe('premium', () => {
  it('has a price, is for tutors with a profile, and cannot be changed before it is bought', async () => {
    const offer = (await till.run('{ premiumOffer { days price { amountMinor currency } } }')).data['premiumOffer'];
    expect(offer).toEqual({ days: 30, price: { amountMinor: 1_900, currency: 'EUR' } });
    const nobody = await till.graph.person('TUTOR');
    expect((await till.mutate('activatePremium', URLS, nobody)).refused).toEqual(['TUTOR_PROFILE_REQUIRED']);
    const { tutor } = await till.teacher();
    const astray = { ...URLS, successUrl: 'https://elsewhere.example' };
    expect((await till.mutate('activatePremium', astray, tutor)).refused).toEqual(['INVALID_RETURN_URL']);
    expect(await own(tutor)).toBeNull();
    expect(await change('cancelPremium', tutor)).toMatchObject({ userErrors: [{ code: 'NOT_PREMIUM' }] });
  });

  it('is opened once by two who open it at once, and anew when the page is not good any more', async () => {
    const { tutor } = await till.teacher();
    const [first, second] = await Promise.all([activate(tutor), activate(tutor)]);
    expect(first).toMatchObject({ status: 'INCOMPLETE', checkoutUrl: expect.stringContaining('http') });
    expect(second).toEqual(first);
    expect(await activate(tutor)).toEqual(first);
    const customers = await till.sql<{ id: string }>(
      'select stripe_customer_id as id from payments.customers where user_id = ?',
      [tutor.userId],
    );
    const { data: sessions } = await till.stripe.checkout.sessions.list({ customer: customers[0]?.id ?? '' });
    expect(sessions).toHaveLength(1);
    await till.stripe.checkout.sessions.expire(sessions[0]?.id ?? '');
    const again = await activate(tutor);
    expect(again.id).toBe(first.id);
    expect(again.checkoutUrl).not.toBe(first.checkoutUrl);
  });

  it('lasts thirty days for each paid invoice, however often that is heard', async () => {
    const revenue = async () => -((await till.balances())['PREMIUM'] ?? 0);
    const before = await revenue();
    const { tutor, id } = await premiumTutor();
    const first = await own(tutor);
    expect(first).toMatchObject({ id, status: 'ACTIVE', checkoutUrl: null, cancelAtPeriodEnd: false });
    const until = Date.parse(first.premiumUntil ?? '');
    expect(Math.abs(until - Date.now() - 30 * DAY_MS)).toBeLessThan(60_000);
    expect(await isShownAsPremium(tutor)).toBe(true);
    expect((await till.mutate('activatePremium', URLS, tutor)).refused).toEqual(['ALREADY_PREMIUM']);
    expect((await revenue()) - before).toBe(1_900);

    const { data: events } = await till.stripe.events.list({ limit: 100 });
    for (const event of events) await till.deliver({ ...event, id: `${event.id}_again` });
    await till.settle();
    expect(await own(tutor)).toEqual(first);
    expect((await revenue()) - before).toBe(1_900);

    await pass(30.1);
    const renewed = Date.parse((await own(tutor)).premiumUntil ?? '');
    expect(renewed - until).toBeGreaterThanOrEqual(30 * DAY_MS);
    expect(renewed - until).toBeLessThan(30.2 * DAY_MS);
    expect((await revenue()) - before).toBe(3_800);
    expect((await till.told(id)).filter((verb) => verb === 'premium.activated')).toHaveLength(2);
  });

  it('ends with what is paid when it is cancelled, unless it is resumed', async () => {
    const { tutor, id } = await premiumTutor();
    expect(await change('cancelPremium', tutor)).toMatchObject({ membership: { cancelAtPeriodEnd: true } });
    expect(await change('resumePremium', tutor)).toMatchObject({ membership: { cancelAtPeriodEnd: false } });
    await pass(30.1);
    expect(await own(tutor)).toMatchObject({ status: 'ACTIVE' });
    await change('cancelPremium', tutor);
    expect(await isShownAsPremium(tutor)).toBe(true);
    await pass(30.1);
    expect(await own(tutor)).toMatchObject({ id, status: 'ENDED', endedAt: expect.any(String) });
    expect((await till.told(id)).at(-1)).toBe('premium.ended');
    expect(await isShownAsPremium(tutor)).toBe(false);
    const anew = await activate(tutor);
    expect(anew).toMatchObject({ status: 'INCOMPLETE' });
    expect(anew.id).not.toBe(id);
  });

  it('goes on for some days when it is not paid, and as before once it is', async () => {
    const { tutor, id } = await premiumTutor();
    const subscription = await emptyCard(id);
    await pass(30.1);
    const behind = await own(tutor);
    expect(behind).toMatchObject({ status: 'PAST_DUE' });
    expect(Date.parse(behind.graceUntil ?? '') - Date.parse(behind.premiumUntil ?? '')).toBe(7 * DAY_MS);
    expect(await isShownAsPremium(tutor)).toBe(true);
    const { latest_invoice: invoice, customer } = await till.stripe.subscriptions.retrieve(subscription);
    const { id: card } = await till.stripe.paymentMethods.attach('pm_card_visa', { customer: String(customer) });
    await till.stripe.invoices.pay(String(invoice), { payment_method: card });
    await till.settle();
    expect(await own(tutor)).toMatchObject({ status: 'ACTIVE', graceUntil: null });
  });

  it('ends, also at Stripe, when it is not paid within its days of grace', async () => {
    const { tutor, id } = await premiumTutor();
    const subscription = await emptyCard(id);
    await pass(30.1);
    const job = till.graph.rooms.get('payments')?.parts.jobs?.find(({ name }) => name === 'end-premium-grace');
    const run = {
      id: 'run',
      attempt: 1,
      signal: AbortSignal.timeout(30_000),
      logger: createLogger({ service: 'test' }),
    };
    await job?.handler({}, run);
    expect(await own(tutor)).toMatchObject({ status: 'PAST_DUE' });
    await till.sql(`update payments.premium_memberships set grace_until = now() - interval '1 minute' where id = ?`, [
      id,
    ]);
    await job?.handler({}, run);
    await till.settle();
    expect(await own(tutor)).toMatchObject({ status: 'ENDED' });
    expect(await isShownAsPremium(tutor)).toBe(false);
    expect((await till.stripe.subscriptions.retrieve(subscription)).status).toBe('canceled');
  });
});

import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

type SessionParams = Stripe.Checkout.SessionCreateParams;

let emulator: StripeEmulator;
let origin: string;
let stripe: Stripe;

beforeAll(async () => {
  emulator = createStripeEmulator();
  origin = await emulator.listen();
  const { hostname, port } = new URL(origin);
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
});

afterAll(() => emulator.close());

const urls = {
  success_url: 'https://app.example/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://app.example/',
};

function createSession(params: Partial<SessionParams> = {}): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        quantity: 2,
        price_data: { currency: 'usd', unit_amount: 1_250, product_data: { name: 'Algebra & <b>more</b>' } },
      },
    ],
    ...urls,
    ...params,
  });
}

const PAYER = {
  email: 'ada@example.com',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '12 / 34',
  cardCvc: '123',
  billingName: 'Ada "the first" Lovelace',
};

/** Sends a form, and follows it to the page that it ends at. */
async function send(url: string, form: Record<string, string>): Promise<{ status: number; page: string; url: string }> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, page: await answer.text(), url: answer.url };
}

const pay = (url: string | null, card: Partial<typeof PAYER> = {}) => send(url ?? '', { ...PAYER, ...card });

/** Where a page sends the browser on to at once. */
function onward(page: string): string | undefined {
  return /http-equiv="refresh" content="0;url=([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
}

function eventTypes(): string[] {
  return [...emulator.store.rows('event', 'acct_1EmulatorPlatform')].map(({ type }) => type);
}

describe('a checkout session', () => {
  it('is paid on the hosted page, with what the intent is to carry', async () => {
    const session = await createSession({
      client_reference_id: 'booking-1',
      metadata: { booking: '1' },
      payment_intent_data: { metadata: { payment: '9' }, transfer_group: 'g1' },
    });
    expect(session).toMatchObject({
      status: 'open',
      amount_total: 2_500,
      payment_status: 'unpaid',
      payment_intent: null,
    });
    const page = await (await fetch(session.url ?? '')).text();
    expect(page).toContain('Algebra &amp; &lt;b&gt;more&lt;/b&gt;');
    expect(page).toContain('Pay $25.00');

    const paid = await pay(session.url);
    expect(paid.status).toBe(200);
    expect(onward(paid.page)).toBe(`https://app.example/paid?session=${session.id}`);
    const complete = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge.balance_transaction', 'line_items'],
    });
    expect(complete).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      client_reference_id: 'booking-1',
      customer_details: { email: 'ada@example.com', name: 'Ada "the first" Lovelace' },
      line_items: { data: [{ quantity: 2, amount_total: 2_500, description: 'Algebra & <b>more</b>' }] },
      payment_intent: {
        status: 'succeeded',
        amount_received: 2_500,
        metadata: { payment: '9' },
        latest_charge: { transfer_group: 'g1', balance_transaction: { net: 2_500 - 103 } },
      },
    });
    expect(eventTypes().slice(-1)).toEqual(['checkout.session.completed']);
  });

  it('is paid once, however often and however fast the form is sent', async () => {
    const session = await createSession();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(session.url)));
    for (const { status, page } of answers)
      expect([status, onward(page)]).toEqual([200, expect.stringContaining(session.id)]);
    await pay(`${origin}/c/pay/${session.id}`, { cardNumber: '4000000000000002' });
    const intents = await stripe.paymentIntents.list({ limit: 100 });
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    expect(intents.data.filter(({ id }) => id === payment_intent)).toHaveLength(1);
    expect((await stripe.charges.list({ payment_intent: String(payment_intent) })).data).toMatchObject([
      { paid: true },
    ]);
    const completed = [...emulator.store.rows('event', 'acct_1EmulatorPlatform')].filter(
      ({ type, data }) => type === 'checkout.session.completed' && 'id' in data.object && data.object.id === session.id,
    );
    expect(completed).toHaveLength(1);
  });

  it('says what is wrong with the form or the card, and takes another one for the same intent', async () => {
    const session = await createSession();
    const empty = await send(session.url ?? '', {});
    expect(empty.status).toBe(422);
    expect(empty.page).toContain('Your card number is incomplete.');
    const declined = await pay(session.url, { cardNumber: '4000000000009995' });
    expect(declined.status).toBe(402);
    expect(declined.page).toContain('Your card has insufficient funds.');
    expect(declined.page).toContain('value="ada@example.com"');
    expect(declined.page).not.toContain('4000000000009995');
    expect(JSON.stringify([...emulator.store.rows('payment_method', 'acct_1EmulatorPlatform')])).not.toContain(
      '0000009995',
    );
    const unknown = await pay(session.url, { cardNumber: '4111111111111111' });
    expect(unknown.page).toContain('test mode');
    expect((await pay(session.url, { cardNumber: '4242424242424241' })).page).toContain('id="cardNumber-error"');
    const begun = await stripe.checkout.sessions.retrieve(session.id);
    await expect(stripe.paymentIntents.cancel(String(begun.payment_intent))).rejects.toThrow('Checkout Session');
    await pay(session.url);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    expect(payment_intent).toBe(begun.payment_intent);
    const charges = await stripe.charges.list({ payment_intent: String(payment_intent) });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  it('asks for 3-D Secure where the card does', async () => {
    const session = await createSession();
    const card = { cardNumber: '4000002760003184' };
    const asked = await pay(session.url, card);
    expect(asked.page).toContain('3-D Secure');
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open' });
    const failed = await send(asked.url, { outcome: 'fail' });
    expect(onward(failed.page)).toBe(`/c/pay/${session.id}`);
    expect(await (await fetch(session.url ?? '')).text()).toContain('unable to authenticate');

    const again = await pay(session.url, card);
    const passed = await Promise.all([
      send(again.url, { outcome: 'complete' }),
      send(again.url, { outcome: 'complete' }),
    ]);
    const back = `/c/pay/${session.id}`;
    expect(passed.map(({ page }) => onward(page))).toEqual([back, back]);
    expect(onward(await (await fetch(session.url ?? '')).text())).toContain('https://app.example/paid');
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' });
    expect((await fetch(again.url.replace(/client_secret=.*/, 'client_secret=guessed'))).status).toBe(404);
  });

  it('expires when its time has come, or when it is told to, with what was begun', async () => {
    const now = emulator.engine.clock.now();
    const session = await createSession({ expires_at: now + 1_801 });
    const asked = await pay(session.url, { cardNumber: '4000002760003184' });
    emulator.engine.setTime(now + 1_801);
    const expired = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(expired).toMatchObject({ status: 'expired', url: null, payment_intent: { status: 'canceled' } });
    expect(eventTypes().slice(-1)).toEqual(['checkout.session.expired']);
    expect((await pay(session.url)).status).toBe(410);
    expect((await send(asked.url, { outcome: 'complete' })).status).toBe(200);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired' });

    const told = await createSession();
    expect(await stripe.checkout.sessions.expire(told.id)).toMatchObject({ status: 'expired' });
    await expect(stripe.checkout.sessions.expire(told.id)).rejects.toMatchObject({ statusCode: 400 });
    const times: Record<string, number> = { 'at least 30 minutes': 1_700, 'less than 24 hours': 90_000 };
    for (const [message, later] of Object.entries(times)) {
      await expect(createSession({ expires_at: emulator.engine.clock.now() + later })).rejects.toMatchObject({
        message: expect.stringContaining(message),
      });
    }
  });

  it('saves a card for its customer, also while paying', async () => {
    const customer = await stripe.customers.create({ email: 'grace@example.com' });
    const setup = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      ...urls,
    });
    expect(await (await fetch(setup.url ?? '')).text()).toContain('For grace@example.com');
    await pay(setup.url, { cardNumber: '4000002500003155' }).then(({ url }) => send(url, { outcome: 'complete' }));
    const done = await stripe.checkout.sessions.retrieve(setup.id, { expand: ['setup_intent'] });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      setup_intent: { status: 'succeeded', customer: customer.id },
    });
    const session = await createSession({
      customer: customer.id,
      payment_intent_data: { setup_future_usage: 'off_session' },
    });
    await pay(session.url);
    const cards = await stripe.paymentMethods.list({ customer: customer.id });
    expect(cards.data.map(({ card }) => card?.last4)).toEqual(['4242', '3155']);
    const later = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer: customer.id,
      payment_method: cards.data[1]?.id ?? '',
      off_session: true,
      confirm: true,
    });
    expect(later.status).toBe('succeeded');
  });

  it('goes back to http and https alone, and refuses what does not fit together', async () => {
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'ftp://app.example/', 'app.example', 'http://']) {
      await expect(createSession({ success_url: bad })).rejects.toMatchObject({ param: 'success_url' });
      await expect(createSession({ cancel_url: bad })).rejects.toMatchObject({ param: 'cancel_url' });
    }
    await expect(createSession({ mode: 'subscription' })).rejects.toMatchObject({ param: 'line_items' });
    await expect(stripe.checkout.sessions.create({ mode: 'payment', ...urls })).rejects.toMatchObject({
      code: 'parameter_missing',
    });
    const long = new URLSearchParams({ billingName: 'x'.repeat(40_000) });
    expect((await fetch((await createSession()).url ?? '', { method: 'POST', body: long })).status).toBe(413);
    await expect(createSession({ customer: 'cus_none' })).rejects.toMatchObject({ code: 'resource_missing' });
    expect((await fetch(`${origin}/c/pay/cs_test_none`)).status).toBe(404);
  });
});

describe('3-D Secure of an intent', () => {
  it('leads back to the integration, also to an app, but runs no script', async () => {
    const ask = (return_url: string) =>
      stripe.paymentIntents.create({
        amount: 5_000,
        currency: 'usd',
        payment_method: 'pm_card_authenticationRequired',
        confirm: true,
        return_url,
      });
    const intent = await ask('tutorgraph://paid?x=1');
    const url = intent.next_action?.redirect_to_url?.url ?? '';
    const back = onward((await send(url, { outcome: 'complete' })).page) ?? '';
    expect(back).toBe(
      `tutorgraph://paid?x=1&payment_intent=${intent.id}&payment_intent_client_secret=${intent.client_secret}&redirect_status=succeeded`,
    );
    const evil = await ask('javascript://x/%0aalert(1)').catch((error: unknown) => error);
    const next = evil instanceof Error ? undefined : (evil as Stripe.PaymentIntent).next_action?.redirect_to_url?.url;
    if (next) expect(onward((await send(next, { outcome: 'complete' })).page)).toBeUndefined();
  });
});

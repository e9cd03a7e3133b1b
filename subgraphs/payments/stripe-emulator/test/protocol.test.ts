import fc from 'fast-check';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

fc.configureGlobal({ seed: 20261121 });

let emulator: StripeEmulator;
let origin: string;
let stripe: Stripe;

const client = (key: string, config: Partial<Stripe.StripeConfig> = {}) => {
  const { hostname, port } = new URL(origin);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, ...config });
};

beforeAll(async () => {
  emulator = createStripeEmulator();
  origin = await emulator.listen();
  stripe = client('sk_test_emulator');
});

beforeEach(() => emulator.faults.requests.set([]));

afterAll(() => emulator.close());

/** What the SDK throws. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error('It was not refused', { cause: error });
  return error;
}

describe('keys', () => {
  it('must be right', async () => {
    expect(await refusal(client('sk_test_somebody').customers.list())).toMatchObject({
      type: 'StripeAuthenticationError',
      statusCode: 401,
    });
    expect((await fetch(`${origin}/v1/customers`)).status).toBe(401);
    const basic = { authorization: `Basic ${Buffer.from('sk_test_emulator:').toString('base64')}` };
    expect((await fetch(`${origin}/v1/customers`, { headers: basic })).status).toBe(200);
  });

  it('that are publishable confirm by a client secret, and do nothing else', async () => {
    const app = client('pk_test_emulator');
    expect(await refusal(app.customers.list())).toMatchObject({ code: 'secret_key_required' });
    const { id, client_secret } = await stripe.paymentIntents.create({ amount: 500, currency: 'eur' });
    expect(await refusal(app.paymentIntents.retrieve(id))).toMatchObject({ code: 'resource_missing' });
    const card = { number: '4242 4242 4242 4242', exp_month: 1, exp_year: 2040, cvc: '123' };
    const method = await app.paymentMethods.create({ type: 'card', card });
    const secret = { client_secret: client_secret ?? '' };
    const confirmation = { payment_method: method.id, return_url: 'https://example.com', ...secret };
    expect((await app.paymentIntents.confirm(id, confirmation)).status).toBe('succeeded');
    expect((await app.paymentIntents.retrieve(id, secret)).status).toBe('succeeded');
  });

  it('reach only accounts that exist', async () => {
    expect(await refusal(stripe.balance.retrieve({}, { stripeAccount: 'acct_nobody' }))).toMatchObject({
      type: 'StripePermissionError',
      code: 'account_invalid',
    });
  });
});

describe('idempotency keys', () => {
  it('give the first answer again, declines included', async () => {
    const once = () => stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'one' });
    const [first, second] = [await once(), await once()];
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
    });
    const decline = () =>
      refusal(
        stripe.paymentIntents.create(
          { amount: 500, currency: 'usd', confirm: true, payment_method: 'pm_card_chargeDeclined', off_session: true },
          { idempotencyKey: 'two' },
        ),
      );
    const [declined, again] = [await decline(), await decline()];
    expect(declined.code).toBe('card_declined');
    expect(again.payment_intent?.id).toBe(declined.payment_intent?.id);
  });

  it('belong to one request and one account', async () => {
    await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'three' });
    expect(await refusal(stripe.customers.create({ name: 'Eve' }, { idempotencyKey: 'three' }))).toMatchObject({
      type: 'StripeIdempotencyError',
      statusCode: 400,
    });
  });

  it('are free again after malformed requests, and a day later', async () => {
    const malformed = stripe.customers.create({ nickname: 'x' } as never, { idempotencyKey: 'four' });
    expect(await refusal(malformed)).toMatchObject({ code: 'parameter_unknown', param: 'nickname' });
    const { id } = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'four' });
    emulator.advance(86_401);
    const later = await stripe.customers.create({ name: 'Eve' }, { idempotencyKey: 'four' });
    expect(later.id).not.toBe(id);
  });

  it('do the work once, however often they come at the same time', async () => {
    emulator.faults.requests.set([{ path: '/v1/customers', kind: 'SLOW', delayMs: 400 }]);
    const calls = Array.from({ length: 5 }, () => stripe.customers.create({}, { idempotencyKey: 'five' }));
    const results = await Promise.allSettled(calls);
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
    expect(new Set(made).size).toBe(1);
    const met = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(met.length).toBeGreaterThan(0);
    expect(met.every((error) => error.code === 'idempotency_key_in_use' && error.statusCode === 409)).toBe(true);
    const retrying = Array.from({ length: 5 }, () =>
      stripe.customers.create({}, { idempotencyKey: 'five', maxNetworkRetries: 3 }),
    );
    expect(new Set((await Promise.all(retrying)).map(({ id }) => id))).toEqual(new Set(made));
  });
});

describe('faults on demand', () => {
  const create = (idempotencyKey: string, maxNetworkRetries = 0) =>
    stripe.customers.create({ name: idempotencyKey }, { idempotencyKey, maxNetworkRetries });
  const countNamed = async (name: string) =>
    (await stripe.customers.list({ limit: 100 })).data.filter((customer) => customer.name === name).length;

  it('fail before anything has happened', async () => {
    emulator.faults.requests.set([{ method: 'POST', path: '/v1/customers', kind: 'FAIL_BEFORE' }]);
    expect(await refusal(create('before'))).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    expect(await countNamed('before')).toBe(0);
    await create('before');
    expect(await countNamed('before')).toBe(1);
  });

  it('fail after everything has happened, and tell it to whoever asks again', async () => {
    emulator.faults.requests.set([{ path: '/v1/customers', kind: 'FAIL_AFTER_COMMIT' }]);
    expect(await refusal(create('after'))).toMatchObject({ statusCode: 500 });
    expect(await countNamed('after')).toBe(1);
    expect((await create('after')).lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(await countNamed('after')).toBe(1);
  });

  it('end the connection, or the patience', async () => {
    emulator.faults.requests.set([{ path: '/v1/*', kind: 'HANG_UP', times: 2 }]);
    expect(await refusal(create('hung'))).toMatchObject({ type: 'StripeConnectionError' });
    await create('hung');
    expect(await countNamed('hung')).toBe(1);
    emulator.faults.requests.set([{ path: '/v1/customers', kind: 'RATE_LIMIT' }]);
    expect(await refusal(create('limited'))).toMatchObject({ type: 'StripeRateLimitError', code: 'rate_limit' });
    expect(await countNamed('limited')).toBe(0);
  });

  it('are set over HTTP by whoever has the secret key', async () => {
    const put = (body: unknown, key = 'sk_test_emulator') =>
      fetch(`${origin}/_emulator/faults`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await put({}, 'pk_test_emulator')).status).toBe(401);
    expect((await put({ requests: [{ path: '/v1/refunds', kind: 'EXPLODE' }] })).status).toBe(400);
    const answer = await put({ requests: [{ path: '/v1/customers', kind: 'RATE_LIMIT' }], webhooks: { drop: 0.5 } });
    expect(await answer.json()).toMatchObject({ requests: [{ times: 1 }], webhooks: { drop: 0.5, duplicate: 0 } });
    expect(await refusal(stripe.customers.list())).toMatchObject({ statusCode: 429 });
    expect((await put({})).status).toBe(200);
  });
});

describe('the control API', () => {
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: 'Bearer sk_test_emulator', 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/_emulator${path}`, { method, headers, body: JSON.stringify(body) ?? null });
    return { status: answer.status, body: (await answer.json()) as Record<string, number> };
  };

  it('moves the clock, and what comes due happens then', async () => {
    const { now: before = 0 } = (await call('GET', '/clock')).body;
    const { id } = await stripe.paymentIntents.create({
      amount: 5_000,
      currency: 'nok',
      confirm: true,
      payment_method: 'pm_card_visa',
      off_session: true,
    });
    const { now: after = 0 } = (await call('POST', '/clock', { advanceSeconds: 3 * 86_400 })).body;
    expect(after - before).toBeGreaterThanOrEqual(3 * 86_400);
    const expand = ['latest_charge.balance_transaction'];
    expect(await stripe.paymentIntents.retrieve(id, { expand })).toMatchObject({
      latest_charge: { balance_transaction: { status: 'available' } },
    });
    const { type, created } = (await stripe.events.list({ type: 'balance.available' })).data[0] ?? {};
    expect({ type, isOnTime: (created ?? 0) % 86_400 === 0 }).toEqual({ type: 'balance.available', isOnTime: true });
    expect((await call('POST', '/clock', { now: after + 60 })).body['now']).toBeGreaterThanOrEqual(after + 60);
    expect((await call('POST', '/clock', { tomorrow: true })).status).toBe(400);
  });

  it('says where webhooks go', async () => {
    const secret = 'whsec_of_the_control_api';
    expect((await call('PUT', '/webhooks', { url: 'x' })).status).toBe(400);
    expect(await call('PUT', '/webhooks', [{ url: 'http://127.0.0.1:1/', secret }])).toEqual({ status: 200, body: {} });
    expect((await stripe.webhookEndpoints.list()).data).toMatchObject([{ url: 'http://127.0.0.1:1/' }]);
    expect((await call('POST', '/webhooks/flush')).status).toBe(200);
    await call('PUT', '/webhooks', []);
    expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
  });
});

describe('lists', () => {
  it('are paged in both directions, whatever the page', async () => {
    const made: string[] = [];
    const email = 'paged@example.com';
    for (let index = 0; index < 23; index += 1) made.unshift((await stripe.customers.create({ email })).id);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 25 }), async (limit) => {
        const forth = await stripe.customers.list({ email, limit }).autoPagingToArray({ limit: 100 });
        expect(forth.map(({ id }) => id)).toEqual(made);
        const ending_before = made.at(-1) ?? '';
        const page = await stripe.customers.list({ email, limit, ending_before });
        expect(page.data.map(({ id }) => id)).toEqual(made.slice(Math.max(0, 22 - limit), 22));
        expect(page.has_more).toBe(limit < 22);
      }),
      { numRuns: 15 },
    );
  });

  it('refuse pages that are none', async () => {
    expect(await refusal(stripe.customers.list({ limit: 101 }))).toMatchObject({ statusCode: 400, param: 'limit' });
    expect(await refusal(stripe.customers.list({ limit: 0 }))).toMatchObject({ param: 'limit' });
    expect(await refusal(stripe.customers.list({ starting_after: 'cus_none' }))).toMatchObject({
      code: 'resource_missing',
      param: 'starting_after',
    });
  });
});

describe('expand', () => {
  it('reaches through lists and several levels', async () => {
    const customer = (await stripe.customers.create({ email: 'deep@example.com' })).id;
    const { id } = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'jpy',
      customer,
      confirm: true,
      payment_method: 'pm_card_visa',
      off_session: true,
    });
    const { data } = await stripe.paymentIntents.list({
      customer,
      expand: ['data.latest_charge.balance_transaction.source', 'data.customer'],
    });
    expect(data).toMatchObject([
      {
        id,
        customer: { email: 'deep@example.com' },
        latest_charge: { balance_transaction: { fee: 66, source: { object: 'charge', payment_intent: id } } },
      },
    ]);
  });

  it('refuses what cannot be, and leaves nothing behind then', async () => {
    const count = async () => (await stripe.customers.list({ limit: 100 })).data.length;
    const before = await count();
    expect(await refusal(stripe.customers.create({ expand: ['nothing'] }))).toMatchObject({
      message: 'This property cannot be expanded (nothing).',
      param: 'expand',
    });
    expect(await refusal(stripe.customers.list({ expand: ['data.a.b.c.d'] }))).toMatchObject({ param: 'expand' });
    expect(await count()).toBe(before);
  });
});

describe('what Stripe does not know', () => {
  it('is refused in its words', async () => {
    expect(await refusal(stripe.charges.retrieve('ch_none'))).toMatchObject({
      code: 'resource_missing',
      message: "No such charge: 'ch_none'",
      param: 'id',
    });
    expect((await refusal(stripe.rawRequest('POST', '/v1/nonsense'))).message).toMatch(
      /^Unrecognized request URL \(POST/,
    );
    expect(await refusal(stripe.paymentIntents.create({ currency: 'usd' } as never))).toMatchObject({
      code: 'parameter_missing',
      message: 'Missing required param: amount.',
    });
    expect((await refusal(stripe.paymentIntents.create({ amount: 900, currency: 'us' }))).param).toBe('currency');
    expect((await refusal(stripe.paymentIntents.create({ amount: 900, currency: 'zzz' }))).param).toBe('currency');
  });

  it('is refused with 404 where a path asks for it, with 400 where a parameter names it', async () => {
    const customer = 'cus_none';
    expect(await refusal(stripe.customers.retrieve(customer))).toMatchObject({ statusCode: 404, param: 'id' });
    expect(await refusal(stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer }))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'customer',
    });
  });

  it('is refused with an error also where it is no request at all', async () => {
    const headers = { authorization: 'Bearer sk_test_emulator', 'content-type': 'text/plain' };
    const bodies = [
      await fetch(`${origin}/v1/customers`, { method: 'POST', headers, body: 'hello' }),
      await fetch(`${origin}/v1/customers/%E0%A4%A`, { headers }),
      await fetch(`${origin}/v1/customers`, { method: 'PUT', headers: { authorization: headers.authorization } }),
    ];
    expect(bodies.map(({ status }) => status)).toEqual([415, 400, 404]);
    for (const answer of bodies)
      expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });
});

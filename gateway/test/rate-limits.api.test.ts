import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { World } from './authorization/world.js';
import { ask, connect, type HttpAnswer, Live } from './world/client.js';

const ORDERS_AN_HOUR = 20;
const TRIES_OF_AN_ADDRESS = 10;
const SIGN_INS_OF_A_NETWORK = 100;
const POST = `mutation ($input: PostOrderInput!) { postOrder(input: $input) { userErrors { code } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }`;
/** Refused for what it says, and counted all the same. */
const order = {
  input: {
    subjectId: '01980000-0000-7000-8000-000000000000',
    level: 'EXAM',
    title: 'IELTS 7.0 before the summer',
    description: 'Writing and speaking, twice a week until May.',
    format: 'ONLINE',
    budget: { amountMinor: 3500, currency: 'EUR' },
  },
};

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.close());

async function student(): Promise<Record<string, string>> {
  return { authorization: String(await world.signIn({ role: 'STUDENT', isVerified: true })) };
}

function post(headers: Record<string, string>): Promise<HttpAnswer> {
  return ask(world.url, POST, { variables: order, headers });
}

/** Somebody who has posted as many orders as they may. */
async function busyStudent(): Promise<Record<string, string>> {
  const headers = await student();
  const answers = await Promise.all(Array.from({ length: ORDERS_AN_HOUR }, () => post(headers)));
  expect(answers.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
  return headers;
}

/** An address at which as often was guessed as may be. */
async function guessedAddress(): Promise<{ input: object }> {
  const variables = { input: { email: `${crypto.randomUUID()}@test.tutorgraph.example`, password: 'a wrong guess' } };
  await Promise.all(Array.from({ length: TRIES_OF_AN_ADDRESS }, () => ask(world.url, SIGN_IN, { variables })));
  return variables;
}

describe('whoever asks too often', () => {
  test('is told when to come again, in the error and in Retry-After', async () => {
    const headers = await busyStudent();
    const { status, body, headers: answered } = await post(headers);
    expect(body).toMatchObject({
      data: { postOrder: null },
      errors: [{ path: ['postOrder'], extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }],
    });
    expect(status).toBe(200);
    const retryAfter = Number(answered.get('retry-after'));
    expect(retryAfter).toBe(body.errors?.[0]?.extensions['retryAfter']);
    expect(retryAfter).toBeGreaterThan(3_000);
    expect(retryAfter).toBeLessThanOrEqual(3_600);
  });

  test('is told the longest time of all answers of a batch', async () => {
    const headers = await busyStudent();
    const guesses = await guessedAddress();
    const response = await fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify([
        { query: SIGN_IN, variables: guesses },
        { query: POST, variables: order },
        { query: SIGN_IN, variables: guesses },
        { query: '{ me { id } }' },
      ]),
    });
    const answers = (await response.json()) as HttpAnswer['body'][];
    const waits = answers
      .flatMap(({ errors }) => errors ?? [])
      .map(({ extensions }) => Number(extensions['retryAfter']));
    expect(waits).toHaveLength(3);
    expect(Number(response.headers.get('retry-after'))).toBe(Math.max(...waits));
    expect(Math.min(...waits)).toBeLessThanOrEqual(900);
    expect(Math.max(...waits)).toBeGreaterThan(3_000);
  });

  test('is told over a WebSocket too', async () => {
    const { authorization } = await busyStudent();
    const client = connect(world.url, { authorization });
    const result = await new Live(client, POST, order).result();
    expect(result.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }]);
    await client.dispose();
  });

  test('may go on with what is not limited', async () => {
    const headers = await busyStudent();
    const { body, headers: answered } = await ask(world.url, '{ me { id } }', { headers });
    expect(body.errors).toBeUndefined();
    expect(answered.has('retry-after')).toBe(false);
  });

  test('may be told by pages of other origins', async () => {
    const { headers } = await ask(world.url, '{ me { id } }', { headers: { origin: 'https://app.example.com' } });
    expect(headers.get('access-control-expose-headers')).toContain('retry-after');
  });
});

test('a network is limited whoever asks from it, by any of its addresses', async () => {
  const query = `mutation ($input: TelegramInitDataInput!) {
    signInWithTelegram(input: $input) { userErrors { code } }
  }`;
  const from = (address: string) =>
    ask(world.url, query, { variables: { input: { initData: 'x' } }, headers: { 'x-forwarded-for': address } });
  const answers = await Promise.all(
    Array.from({ length: SIGN_INS_OF_A_NETWORK + 1 }, (_, index) => from(`2001:db8:7:7::${index.toString(16)}`)),
  );
  const refusals = answers.flatMap(({ body }) => body.errors ?? []);
  expect(refusals.map(({ extensions }) => extensions['code'])).toEqual(['RATE_LIMITED']);
  expect((await from('2001:db8:7:8::1')).body.errors).toBeUndefined();
});

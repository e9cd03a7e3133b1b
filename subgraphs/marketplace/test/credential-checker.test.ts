import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CredentialChecker } from '../src/verifications/credential-checker.js';
import { CheckerServer, says } from './checker-server.js';
import { submitProof } from './documents.js';
import { Market, NOBODY } from './market.js';

const CONFIRMED = { verdict: 'CONFIRMED', reference: 'case-7' };
const credential = {
  ...({ id: NOBODY, kind: 'DIPLOMA', title: 'Mathematics', issuer: 'A university' } as const),
  ...{ number: 'M-1', issuedOn: '2015-06-30', holder: 'Anna K.' },
};
let server: CheckerServer;

beforeAll(async () => {
  server = await CheckerServer.open(says(CONFIRMED));
});

beforeEach(() => {
  server.requests.length = 0;
});

afterAll(() => server.close());

function checker(options: { budgetMs?: number; token?: string } = {}): CredentialChecker {
  return new CredentialChecker({ url: server.url, firstPauseMs: 1, ...options });
}

async function failure(options: { budgetMs?: number } = {}): Promise<OutsideError> {
  const error = await checker(options)
    .check(credential)
    .catch((reason: unknown) => reason);
  if (error instanceof OutsideError) return error;
  throw new Error('It should have failed', { cause: error });
}

describe('a credential checker', () => {
  it('is sent the credential and nothing else, with its token and a key for repetitions', async () => {
    expect(await checker({ token: 'a token' }).check(credential)).toEqual(CONFIRMED);
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', body: credential });
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer a token',
      'content-type': 'application/json',
      'idempotency-key': NOBODY,
    });
  });

  it('needs no token, and no reference in its answer', async () => {
    server.willAnswer(says({ verdict: 'UNKNOWN' }));
    expect(await checker().check(credential)).toEqual({ verdict: 'UNKNOWN', reference: null });
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('is asked again under the same key while it cannot answer', async () => {
    server.willAnswer(says({}, 503), (response) => response.destroy());
    expect(await checker().check(credential)).toEqual(CONFIRMED);
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual([NOBODY, NOBODY, NOBODY]);
  });

  it.each([
    ['does not know our token', says({}, 401), 'CREDENTIALS'],
    ['refuses what it is asked', says({}, 422), 'REFUSED'],
    [
      'has moved, because what we send goes nowhere else',
      says({}, 307, { location: 'http://127.0.0.1:1/' }),
      'REFUSED',
    ],
    ['says something that was not agreed', says({ verdict: 'MAYBE' }), 'REFUSED'],
    ['does not speak JSON', (response) => response.end('<html>'), 'REFUSED'],
    ['never stops to speak', says({ verdict: 'UNKNOWN', reference: 'x'.repeat(100_000) }), 'REFUSED'],
  ] as [string, ReturnType<typeof says>, string][])('is not asked again when it %s', async (_why, answer, reason) => {
    server.willAnswer(answer);
    expect(await failure()).toMatchObject({ reason });
    expect(server.requests).toHaveLength(1);
  });

  it('is given up when its time is over', async () => {
    const silence = (): void => {};
    server.willAnswer(silence, silence, silence);
    expect(await failure({ budgetMs: 100 })).toMatchObject({ reason: 'UNAVAILABLE' });
  });
});

describe('what a credential checker says', () => {
  let market: Market;

  beforeAll(async () => {
    const settings = { CREDENTIAL_CHECKER_URL: server.url, CREDENTIAL_CHECKER_TOKEN: 'a token' };
    market = await Market.open(settings);
    await market.graph.files.serve();
  });

  afterAll(() => market.close());

  const CHECK =
    'query ($id: ID!) { verification(id: $id) { status check { verdict reference checkedAt requestedAt } } }';

  it.each(['CONFIRMED', 'REFUTED', 'UNKNOWN'])('is shown to staff and decides nothing: %s', async (verdict) => {
    server.willAnswer(says({ verdict, reference: 'case-8' }));
    const [hr, tutor] = [await market.graph.person('HR'), await market.tutor()];
    const id = await submitProof(market, tutor);
    const seen = async () => (await market.run(CHECK, { id }, hr)).data['verification'];
    await expect
      .poll(seen, { timeout: 20_000 })
      .toMatchObject({ status: 'PENDING', check: { verdict, reference: 'case-8', checkedAt: expect.any(String) } });
    expect((await market.run(CHECK, { id }, tutor)).data['verification']).toMatchObject({ check: null });
    expect(server.requests[0]?.body).toMatchObject({ id, title: 'Master of Mathematics', holder: 'Tanya T.' });
  });
});

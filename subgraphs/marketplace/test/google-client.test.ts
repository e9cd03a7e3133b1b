import { randomUUID } from 'node:crypto';
import type { CallLimits } from '@tutorgraph/kit/outside/outside-call';
import type { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GoogleClient, serviceAccountAuth } from '../src/google/google-client.js';
import type { IssuedServiceAccount } from './google/google-accounts.js';
import { tokenError, troubles } from './google/google-answers.js';
import { GoogleServer } from './google/google-server.js';

const SUBJECT = 'lessons@school.example';
const EVENTS = /POST .*\/events/;
const TOKEN = /POST \/token/;

let google: GoogleServer;
let account: IssuedServiceAccount;

beforeAll(async () => {
  google = await GoogleServer.open();
  google.calendars.addUser(SUBJECT);
  account = google.accounts.addServiceAccount([SUBJECT]);
});
afterAll(() => google.close());
beforeEach(() => google.calm());

function client(
  change: Partial<IssuedServiceAccount & { subject: string }> = {},
  limits: CallLimits = {},
): GoogleClient {
  const addresses = { calendarUrl: google.url, tokenUrl: google.tokenUrl };
  const auth = serviceAccountAuth({ ...account, subject: SUBJECT, ...change }, addresses);
  return new GoogleClient(auth, addresses, { firstPauseMs: 1, ...limits });
}

function insert(by: GoogleClient, id = randomUUID().replaceAll('-', '')): Promise<{ id?: string | null }> {
  const requestBody = {
    id,
    start: { dateTime: '2026-11-21T10:00:00Z' },
    end: { dateTime: '2026-11-21T11:00:00Z' },
  };
  return by.call((api, options) => api.events.insert({ calendarId: 'primary', requestBody }, options));
}

async function failureOf(work: Promise<unknown>): Promise<OutsideError> {
  return work.then(
    () => expect.fail('it was not refused'),
    (error: OutsideError) => error,
  );
}

describe('the client of Google Calendar', () => {
  it('signs in by an assertion of the service account for the user, once for many requests', async () => {
    const one = client();
    await insert(one);
    await insert(one);
    expect(google.asked(TOKEN)).toHaveLength(1);
    expect(google.calendars.events(SUBJECT)).toHaveLength(2);
  });

  it('tries again when Google cannot answer or limits its rate, and asks for no more than it may', async () => {
    const one = client();
    google.meets(EVENTS, troubles.backendError, troubles.userRateLimited);
    await insert(one);
    expect(google.asked(EVENTS)).toHaveLength(3);
    google.calm();
    google.meets(EVENTS, troubles.rateLimited, troubles.rateLimited, troubles.rateLimited);
    const failure = await failureOf(insert(one));
    expect([failure.reason, failure.isTemporary, google.asked(EVENTS).length]).toEqual(['RATE_LIMITED', true, 3]);
  });

  it('tries again when the token cannot be issued now, and not three times in each try', async () => {
    google.meets(TOKEN, tokenError(503, 'temporarily_unavailable', 'Try again'), 'reset');
    await insert(client());
    expect(google.asked(TOKEN)).toHaveLength(3);
  });

  it('waits as long as Google asks, and gives up at once when that is longer than the budget', async () => {
    google.meets(EVENTS, { ...troubles.rateLimited, headers: { 'retry-after': '60' } });
    const failure = await failureOf(insert(client()));
    expect([failure.reason, google.asked(EVENTS).length]).toEqual(['RATE_LIMITED', 1]);
  });

  it('ends within its budget when Google does not answer', async () => {
    google.meets(EVENTS, 'hang', 'hang', 'hang');
    const failure = await failureOf(insert(client({}, { budgetMs: 300, attemptMs: 100 })));
    expect([failure.reason, failure.facts.detail]).toEqual(['UNAVAILABLE', 'TIMEOUT']);
  });

  it('tells what does not help to be tried again', async () => {
    const one = client();
    const { id } = await insert(one);
    const again = await failureOf(insert(one, id ?? ''));
    expect([again.reason, again.facts.detail]).toEqual(['CONFLICT', 'duplicate']);
    expect((await failureOf(insert(one, 'wxyz!'))).reason).toBe('REFUSED');
    google.calm();
    google.meets(EVENTS, troubles.forbidden);
    const forbidden = await failureOf(insert(one));
    expect([forbidden.reason, forbidden.isTemporary, google.asked(EVENTS).length]).toEqual(['CREDENTIALS', false, 1]);
  });

  it.each([
    [
      'a key that is not the account’s',
      () => ({ privateKey: google.accounts.addServiceAccount([]).privateKey }),
      'invalid_grant',
    ],
    ['a user for whom the account may not act', () => ({ subject: 'boss@school.example' }), 'unauthorized_client'],
    ['an account that is not there', () => ({ email: 'nobody@project.iam.gserviceaccount.com' }), 'invalid_grant'],
  ])('says that the credentials are wrong with %s, and names no secret', async (_what, change, detail) => {
    const failure = await failureOf(insert(client(change())));
    expect([failure.reason, failure.facts.detail]).toEqual(['CREDENTIALS', detail]);
    expect(JSON.stringify([failure, failure.message, failure.cause ?? null])).not.toMatch(/PRIVATE KEY|assertion|@/);
  });

  it('asks for another token when one ends before its time', async () => {
    const one = client();
    await insert(one);
    google.accounts.expireAccessTokens();
    await insert(one);
    expect(google.asked(TOKEN)).toHaveLength(2);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FcmSender } from '../../src/channels/push/fcm-sender.js';
import type { PushTarget } from '../../src/channels/push/push-sender.js';
import { breaks, drips, HttpTestServer, hangs, resets, says, type Treatment } from './http-test-server.js';
import { everythingOf, message } from './sample-message.js';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const device: PushTarget = { platform: 'ANDROID', token: 'device-token-of-anna', p256dh: null, auth: null };
const NAME = 'projects/tutorgraph-test/messages/0:1500415314455276';
const SEND = '/v1/projects/tutorgraph-test/messages:send';
const server = new HttpTestServer();
const issues = says(200, { access_token: 'token-1', expires_in: 3599, token_type: 'Bearer' });

beforeAll(() => server.listen());
beforeEach(() => {
  server.clear();
  server.will('/token', issues);
  server.will('/v1', says(200, { name: NAME }));
});
afterAll(() => server.close());

function sender(budgetMs = 60_000): FcmSender {
  const account = { email: 'push@tutorgraph-test.iam.gserviceaccount.com', privateKey: pair.privateKey };
  const addresses = { baseUrl: server.url, tokenUrl: `${server.url}/token` };
  return new FcmSender({ projectId: 'tutorgraph-test', ...account, ...addresses, budgetMs });
}

/** An error as Firebase words it. */
function refuses(status: number, errorCode: string, extra: { message?: string; field?: string } = {}): Treatment {
  const details = [
    { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode },
    ...(extra.field
      ? [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: extra.field }] }]
      : []),
  ];
  const { message: words = 'secret words about device-token-of-anna' } = extra;
  return says(
    status,
    { error: { code: status, message: words, status: 'WHATEVER', details } },
    { 'retry-after': '33' },
  );
}

const sends = () => server.requests.filter(({ path }) => path === SEND);

describe('a push to an app', () => {
  it('is signed for by the service account, and carries what both systems need', async () => {
    const sent = message({
      url: 'https://tutorgraph.example/chats/1',
      urgency: 'HIGH',
      badge: 3,
      data: { kind: 'CHAT' },
    });
    expect(await sender().send(sent, device)).toEqual({ outcome: 'TAKEN', providerMessageId: NAME });
    const [asked, push] = server.requests;
    const form = new URLSearchParams(String(asked?.body));
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload } = await jwtVerify(form.get('assertion') ?? '', await importSPKI(pair.publicKey, 'RS256'));
    expect(payload).toMatchObject({
      iss: 'push@tutorgraph-test.iam.gserviceaccount.com',
      aud: 'https://oauth2.googleapis.com/token',
      scope: 'https://www.googleapis.com/auth/firebase.messaging',
    });
    expect(push).toMatchObject({ path: SEND, headers: { authorization: 'Bearer token-1' } });
    expect(JSON.parse(String(push?.body))).toEqual({
      message: {
        token: device.token,
        notification: { title: sent.title, body: sent.body },
        data: { kind: 'CHAT', deliveryId: sent.deliveryId, url: sent.url },
        android: {
          priority: 'HIGH',
          collapse_key: sent.deliveryId,
          notification: { tag: sent.deliveryId, notification_count: 3 },
        },
        apns: {
          headers: { 'apns-priority': '10', 'apns-collapse-id': sent.deliveryId },
          payload: { aps: { badge: 3, sound: 'default' } },
        },
      },
    });
  });

  it('uses one access token for many pushes, asked for once also when they begin together', async () => {
    const firebase = sender();
    await Promise.all([1, 2, 3].map(() => firebase.send(message(), device)));
    await firebase.send(message(), device);
    expect(server.requests.filter(({ path }) => path === '/token')).toHaveLength(1);
    expect(sends()).toHaveLength(4);
  });

  it('asks for another access token when the one it has is not accepted any longer', async () => {
    const firebase = sender();
    await firebase.send(message(), device);
    server.will('/token', says(200, { access_token: 'token-2', expires_in: 3599 }));
    server.will('/v1', (response, request) => {
      const isNew = request.headers.authorization === 'Bearer token-2';
      says(isNew ? 200 : 401, isNew ? { name: NAME } : { error: { status: 'UNAUTHENTICATED' } })(response, request);
    });
    expect(await firebase.send(message(), device)).toMatchObject({ outcome: 'TAKEN' });
    expect(sends().map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it.each<[string, Treatment]>([
    ['whose app was removed', refuses(404, 'UNREGISTERED')],
    ['of another project', refuses(403, 'SENDER_ID_MISMATCH')],
    ['whose token never was one', refuses(400, 'INVALID_ARGUMENT', { field: 'message.token' })],
    [
      'whose token is none, in words',
      refuses(400, 'INVALID_ARGUMENT', { message: 'The registration token is not a valid FCM registration token' }),
    ],
  ])('finds a device gone %s', async (_what, treatment) => {
    server.will('/v1', treatment);
    expect(await sender().send(message(), device)).toEqual({ outcome: 'GONE' });
  });

  it.each<[string, Treatment, object]>([
    ['because of its content', refuses(400, 'INVALID_ARGUMENT', { field: 'message.data' }), { reason: 'REFUSED' }],
    [
      'because of too many',
      refuses(429, 'QUOTA_EXCEEDED'),
      { reason: 'UNAVAILABLE', retryAfterSeconds: 33, cause: { code: 'QUOTA_EXCEEDED' } },
    ],
    ['by a fault of Firebase', refuses(503, 'UNAVAILABLE'), { reason: 'UNAVAILABLE', retryAfterSeconds: 33 }],
    ['because of the key for Apple', refuses(401, 'THIRD_PARTY_AUTH_ERROR'), { reason: 'UNAVAILABLE' }],
    [
      'because of our rights',
      refuses(403, 'PERMISSION_DENIED'),
      { reason: 'UNAVAILABLE', message: expect.stringContaining('correct FCM_PROJECT_ID') },
    ],
    ['by what stands before Firebase', breaks(502), { reason: 'UNAVAILABLE' }],
    ['though the status says so', says(200, { nothing: true }), { reason: 'UNAVAILABLE' }],
    ['because there is no answer', hangs, { reason: 'UNAVAILABLE', cause: { code: 'TIMEOUT' } }],
    ['because the answer never ends', drips, { reason: 'UNAVAILABLE', cause: { code: 'TIMEOUT' } }],
    ['because the connection breaks', resets, { reason: 'UNAVAILABLE' }],
  ])(
    'that is not taken %s says whether to try again, and nothing that is secret',
    async (_what, treatment, expected) => {
      server.will('/v1', treatment);
      const error: unknown = await sender(1_500)
        .send(message({ body: 'private words' }), device)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'DeliveryError', ...expected });
      expect(everythingOf(error)).not.toMatch(/device-token|private words|token-1|secret words/);
    },
  );

  it.each<[string, Treatment, string]>([
    [
      'is not known',
      says(400, { error: 'invalid_grant', error_description: 'secret words' }),
      'correct FCM_SERVICE_ACCOUNT_EMAIL',
    ],
    ['cannot be asked about', breaks(503), 'it can be tried again'],
  ])('waits while the service account %s', async (_what, treatment, words) => {
    server.will('/token', treatment);
    const error: unknown = await sender()
      .send(message(), device)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: 'UNAVAILABLE', message: expect.stringContaining(words) });
    expect(everythingOf(error)).not.toMatch(/secret words|PRIVATE/);
    expect(sends()).toEqual([]);
  });
});

import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import type { PushTarget } from '../../src/channels/push/push-sender.js';
import { WebPushSender } from '../../src/channels/push/web-push-sender.js';
import { breaks, drips, HttpTestServer, hangs, resets, says, type Treatment } from './http-test-server.js';
import { everythingOf, message } from './sample-message.js';

const vapid = webPush.generateVAPIDKeys();
const browser = createECDH('prime256v1');
const p256dh = browser.generateKeys('base64url');
const auth = randomBytes(16).toString('base64url');
const server = new HttpTestServer();
const takes = says(201, {}, { location: 'https://push.example/message/1' });

beforeAll(() => server.listen());
beforeEach(() => {
  server.clear();
  server.will('/push', takes);
});
afterAll(() => server.close());

function sender(budgetMs = 60_000, allowedHosts = [server.host]): WebPushSender {
  return new WebPushSender({ ...vapid, subject: 'mailto:ops@tutorgraph.example', allowedHosts, budgetMs });
}

function device(changes: Partial<PushTarget> = {}): PushTarget {
  return { platform: 'WEB', token: `${server.url}/push/device-of-anna`, p256dh, auth, ...changes };
}

/** What the browser reads of a body, by RFC 8188 and RFC 8291. */
function read(body: Buffer): Record<string, unknown> {
  const [salt, from] = [body.subarray(0, 16), body.subarray(21, 86)];
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), from]);
  const derive = (secret: Buffer, by: Buffer, about: Buffer | string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, by, about, length));
  const shared = derive(browser.computeSecret(from), Buffer.from(auth, 'base64url'), info, 32);
  const key = derive(shared, salt, 'Content-Encoding: aes128gcm\0', 16);
  const decipher = createDecipheriv('aes-128-gcm', key, derive(shared, salt, 'Content-Encoding: nonce\0', 12));
  decipher.setAuthTag(body.subarray(-16));
  const plain = Buffer.concat([decipher.update(body.subarray(86, -16)), decipher.final()]);
  return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
}

describe('a push to a browser', () => {
  it('is encrypted for the browser, signed with our keys, and takes the place of the one before', async () => {
    const sent = message({
      body: 'Здравствуйте!',
      url: 'https://tutorgraph.example/chats/1',
      urgency: 'HIGH',
      badge: 2,
    });
    const taken = { outcome: 'TAKEN', providerMessageId: 'https://push.example/message/1' };
    expect(await sender().send(sent, device())).toEqual(taken);
    const [request] = server.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/push/device-of-anna',
      headers: {
        urgency: 'high',
        ttl: '43200',
        topic: sent.deliveryId.replaceAll('-', ''),
        'content-encoding': 'aes128gcm',
      },
    });
    const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(String(request?.headers.authorization)) ?? [];
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256' });
    expect(decodeJwt(token)).toMatchObject({ aud: server.url, sub: 'mailto:ops@tutorgraph.example' });
    expect(key).toBe(vapid.publicKey);
    expect(read(request?.body ?? Buffer.alloc(0))).toEqual({
      title: 'A lesson',
      body: 'Здравствуйте!',
      badge: 2,
      data: { deliveryId: sent.deliveryId, url: sent.url },
    });
  });

  it('is cut to what push services take', async () => {
    await sender().send(message({ body: 'слово "слово" '.repeat(1_000) }), device());
    const [request] = server.requests;
    expect(request?.body.length).toBeLessThan(4_096);
    expect(read(request?.body ?? Buffer.alloc(0))['body']).toMatch(/^слово .*…$/s);
  });

  it.each([404, 410])('finds a browser gone that the service does not know: %i', async (status) => {
    server.will('/push', says(status, {}));
    expect(await sender().send(message(), device())).toEqual({ outcome: 'GONE' });
  });

  it('asks nobody on our own network, whatever address a client gave', async () => {
    for (const token of [device().token, 'https://127.0.0.1/push', 'http://push.example/1', 'https://[::1]/']) {
      expect(await sender(5_000, []).send(message(), device({ token }))).toEqual({ outcome: 'GONE' });
    }
    expect(server.requests).toEqual([]);
  });

  it('goes nowhere else when the service sends us on', async () => {
    server.will('/push', says(307, {}, { location: `${server.url}/elsewhere` }));
    await expect(sender().send(message(), device())).rejects.toMatchObject({ reason: 'REFUSED' });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Treatment, object]>([
    ['because of its size', says(413, {}), { reason: 'REFUSED', cause: { status: 413 } }],
    ['because of other keys', says(403, {}), { reason: 'REFUSED' }],
    [
      'because of our signature',
      says(401, {}),
      { reason: 'UNAVAILABLE', message: expect.stringContaining('WEB_PUSH_') },
    ],
    ['because of too many', says(429, {}, { 'retry-after': '45' }), { reason: 'UNAVAILABLE', retryAfterSeconds: 45 }],
    ['by a fault of the service', breaks(503), { reason: 'UNAVAILABLE' }],
    ['because there is no answer', hangs, { reason: 'UNAVAILABLE', cause: { code: 'TOO_SLOW' } }],
    ['because the connection breaks', resets, { reason: 'UNAVAILABLE' }],
  ])(
    'that is not taken %s says whether to try again, and nothing that is secret',
    async (_what, treatment, expected) => {
      server.will('/push', treatment);
      const error: unknown = await sender(1_500)
        .send(message({ body: 'private words' }), device())
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'DeliveryError', ...expected });
      expect(everythingOf(error)).not.toMatch(/device-of-anna|private words|secret words/);
      expect(everythingOf(error)).not.toContain(vapid.privateKey);
    },
  );

  it('is taken when the service said so, whatever it says after that', async () => {
    server.will('/push', drips);
    expect(await sender(5_000).send(message(), device())).toMatchObject({ outcome: 'TAKEN' });
  });

  it('with keys that are none is refused', async () => {
    const sending = sender().send(message(), device({ p256dh: 'AAAA' }));
    await expect(sending).rejects.toMatchObject({ reason: 'REFUSED' });
  });
});

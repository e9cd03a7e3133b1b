import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { createChannels } from '../src/channels/create-channels.js';
import { Device } from '../src/devices/device.entity.js';
import { findUsersOfTopic } from '../src/devices/device.repository.js';
import { readMessagingEnvironment } from '../src/environment.js';
import { HttpTestServer, says } from './channels/http-test-server.js';
import { contact, message } from './channels/sample-message.js';

const DEVICE = 'device { id platform topics isCurrent } userErrors { code field }';
const REGISTER = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { ${DEVICE} } }`;
const UNREGISTER = `mutation ($input: UnregisterDeviceInput!) {
  unregisterDevice(input: $input) { accepted userErrors { code } }
}`;
const SUBSCRIBE = `mutation ($input: DeviceTopicInput!) { subscribeToTopic(input: $input) { ${DEVICE} } }`;
const UNSUBSCRIBE = `mutation ($input: DeviceTopicInput!) { unsubscribeFromTopic(input: $input) { ${DEVICE} } }`;
const MINE = '{ myDevices { id platform topics isCurrent createdAt lastSeenAt } webPushPublicKey }';
const keys = { p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url'), auth: 'A'.repeat(22) };
const vapid = webPush.generateVAPIDKeys();

interface Answer {
  device: { id: string; platform: string; topics: string[]; isCurrent: boolean } | null;
  userErrors: { code: string; field: string[] | null }[];
}

let graph: TestGraph;
let em: EntityManager;
let person: TestPerson;

const settings = {
  WEB_PUSH_PUBLIC_KEY: vapid.publicKey,
  WEB_PUSH_PRIVATE_KEY: vapid.privateKey,
  WEB_PUSH_SUBJECT: 'mailto:ops@tutorgraph.example',
};

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging'], undefined, settings);
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('messaging did not start');
  em = room.orm.em.fork();
});
beforeEach(async () => {
  person = await graph.person('STUDENT');
});
afterAll(() => graph.close());

async function ask(query: string, input: object, who = person): Promise<Answer> {
  const { data, errors } = await graph.run('messaging', query, { input }, who);
  if (errors) throw errors[0];
  return Object.values(data)[0] as Answer;
}

async function register(token: string, who = person): Promise<string> {
  return String((await ask(REGISTER, { platform: 'IOS', token }, who)).device?.id);
}

const mine = async (who = person) => (await graph.run('messaging', MINE, {}, who)).data;
const tokensOf = async (userId: string) =>
  (await em.fork().find(Device, { userId }, { orderBy: { lastSeenAt: 'asc', id: 'asc' } })).map(({ token }) => token);

describe('a device', () => {
  it('is registered, also again, shown to its owner only, and removed', async () => {
    const token = `token-${crypto.randomUUID()}`;
    const id = await register(token);
    expect(await register(token)).toBe(id);
    expect(await mine()).toMatchObject({
      myDevices: [{ id, platform: 'IOS', topics: [], isCurrent: true }],
      webPushPublicKey: vapid.publicKey,
    });
    const stranger = await graph.person('STUDENT');
    expect(await mine(stranger)).toMatchObject({ myDevices: [] });
    await graph.run('messaging', UNREGISTER, { input: { deviceId: id } }, stranger);
    expect(await tokensOf(person.userId)).toEqual([token]);
    for (let repetition = 0; repetition < 2; repetition++) {
      const { data } = await graph.run('messaging', UNREGISTER, { input: { deviceId: id } }, person);
      expect(data).toEqual({ unregisterDevice: { accepted: true, userErrors: [] } });
    }
    expect(await tokensOf(person.userId)).toEqual([]);
  });

  it('becomes that of whoever signs in on it last, with nothing of the one before', async () => {
    const token = `token-${crypto.randomUUID()}`;
    const former = await register(token);
    await ask(SUBSCRIBE, { deviceId: former, topic: 'news' });
    const next = await graph.person('TUTOR');
    expect(await register(token, next)).not.toBe(former);
    expect(await tokensOf(person.userId)).toEqual([]);
    expect(await mine(next)).toMatchObject({ myDevices: [{ topics: [] }] });
  });

  it('goes when it is one too many and was not seen for longest', async () => {
    const tokens = Array.from({ length: 22 }, (_, index) => `token-${index}-${crypto.randomUUID()}`);
    for (const token of tokens) await register(token);
    expect(await tokensOf(person.userId)).toEqual(tokens.slice(2));
  });

  it.runIf(isRealPostgres())('is one of twenty at most, also when many are registered at once', async () => {
    for (let index = 0; index < 19; index++) await register(`token-${crypto.randomUUID()}`);
    await Promise.all([1, 2, 3, 4, 5].map(() => register(`token-${crypto.randomUUID()}`)));
    expect(await tokensOf(person.userId)).toHaveLength(20);
  });

  it('gets no pushes any more when the session ends by which it was registered', async () => {
    const token = `token-${crypto.randomUUID()}`;
    await register(token);
    const accounts = graph.rooms.get('accounts');
    await accounts?.orm.em.fork().execute(
      `insert into accounts.outbox (event) select jsonb_build_object('specversion', '1.0', 'id', gen_random_uuid(),
         'source', 'tutorgraph/accounts', 'type', 'tutorgraph.accounts.session.revoked.v1', 'subject', ?::text,
         'time', now(), 'datacontenttype', 'application/json',
         'data', jsonb_build_object('userId', ?::text, 'reason', 'SIGNED_OUT'))`,
      [person.sessionId, person.userId],
    );
    await expect.poll(() => tokensOf(person.userId), { timeout: 20_000 }).toEqual([]);
  });

  it.each([
    ['without a token', { platform: 'ANDROID', token: '' }, 'token'],
    ['with a token of two words', { platform: 'ANDROID', token: 'two words' }, 'token'],
    ['that is no browser, with keys', { platform: 'IOS', token: 'token', keys }, 'keys'],
    ['that is a browser, without keys', { platform: 'WEB', token: 'https://push.example/1' }, 'keys'],
    [
      'with keys that are too short',
      { platform: 'WEB', token: 'https://push.example/1', keys: { ...keys, auth: 'AAAA' } },
      'keys',
    ],
    ['at an address without TLS', { platform: 'WEB', token: 'http://push.example/1', keys }, 'token'],
    ['on our own network', { platform: 'WEB', token: 'https://169.254.169.254/latest', keys }, 'token'],
    ['on this machine', { platform: 'WEB', token: 'https://localhost/push', keys }, 'token'],
    ['with a password in its address', { platform: 'WEB', token: 'https://a:b@push.example/1', keys }, 'token'],
  ])('is not registered %s', async (_what, input, field) => {
    const { device, userErrors } = await ask(REGISTER, input);
    expect(device).toBeNull();
    expect(userErrors).toEqual([expect.objectContaining({ code: 'INVALID_INPUT' })]);
    expect(userErrors[0]?.field?.slice(0, 2)).toEqual(['input', field]);
  });

  it('that is a browser is registered with its keys', async () => {
    const token = `https://push.example/${crypto.randomUUID()}`;
    const { device, userErrors } = await ask(REGISTER, { platform: 'WEB', token, keys });
    expect([device?.platform, userErrors]).toEqual(['WEB', []]);
  });
});

describe('a push topic', () => {
  it('is listened to and left, also twice, by one device of its owner', async () => {
    const deviceId = await register(`token-${crypto.randomUUID()}`);
    const topic = `news-${person.userId.slice(-12)}`;
    for (let repetition = 0; repetition < 2; repetition++) {
      expect((await ask(SUBSCRIBE, { deviceId, topic })).device?.topics).toEqual([topic]);
    }
    expect(await findUsersOfTopic(em.fork(), topic, { after: null, limit: 10 })).toEqual([person.userId]);
    expect(await findUsersOfTopic(em.fork(), topic, { after: person.userId, limit: 10 })).toEqual([]);
    const stranger = await graph.person('STUDENT');
    expect((await ask(UNSUBSCRIBE, { deviceId, topic }, stranger)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    for (let repetition = 0; repetition < 2; repetition++) {
      expect((await ask(UNSUBSCRIBE, { deviceId, topic })).device?.topics).toEqual([]);
    }
    expect((await ask(SUBSCRIBE, { deviceId, topic: 'No Topic' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  });

  it('is one of fifty at most', async () => {
    const deviceId = await register(`token-${crypto.randomUUID()}`);
    const topics = Array.from({ length: 50 }, (_, index) => `topic-${index}`);
    await em.fork().nativeUpdate(Device, { id: deviceId }, { topics });
    const refused = await ask(SUBSCRIBE, { deviceId, topic: 'one-more' });
    expect(refused).toMatchObject({ device: null, userErrors: [{ code: 'TOO_MANY_TOPICS' }] });
    expect((await ask(SUBSCRIBE, { deviceId, topic: 'topic-7' })).userErrors).toEqual([]);
  });
});

describe('a push', () => {
  it('goes to every device; those that are gone are dropped, and one that takes it is enough', async () => {
    const server = new HttpTestServer();
    await server.listen();
    server.will('/gone', says(410, {}));
    server.will('/busy', says(503, {}));
    server.will('/good', says(201, {}));
    const environment = readMessagingEnvironment({
      ...settings,
      SECRET_KEY: 'a secret that only tests know, long enough',
      WEB_PUSH_ALLOWED_HOSTS: server.host,
    });
    const channels = createChannels({ environment, em, messages: (_locale, key) => key });
    const sent = message({ userId: person.userId });
    const send = () => channels.get('PUSH')?.send(sent, contact);
    await expect(send()).rejects.toMatchObject({ code: 'DELIVERY_REFUSED', reason: 'NO_DEVICE' });
    const browser = { ...keys, p256dh: vapid.publicKey };
    const add = async (path: string) => {
      const { device } = await ask(REGISTER, { platform: 'WEB', token: `https://push.example/${path}`, keys: browser });
      await em.fork().nativeUpdate(Device, { id: String(device?.id) }, { token: `${server.url}/${path}` });
    };
    await add('gone/1');
    await add('busy/1');
    await expect(send()).rejects.toMatchObject({ code: 'DELIVERY_UNAVAILABLE' });
    expect(await tokensOf(person.userId)).toEqual([`${server.url}/busy/1`]);
    await add('good/1');
    expect(await send()).toMatchObject({ status: 'SENT' });
    await channels.close();
    await server.close();
  });
});

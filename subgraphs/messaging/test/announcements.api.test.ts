import type { EntityManager } from '@mikro-orm/postgresql';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let graph: TestGraph;
let em: EntityManager;
let admin: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('The messaging room did not start');
  em = room.orm.em;
  admin = await graph.person('ADMIN');
});

afterAll(() => graph?.close());

const FIELDS = `id status channels urgency url metadata { key value } texts { language title body }
  audience { namedPeople role topic segment { role locale inactiveSinceDays emailVerified registeredAfter } }
  progress { done total percent } createdBy { id } finishedAt`;
const WORDS = { language: 'en', title: 'News', body: 'We have moved.' };

interface Sent {
  id: string;
  status: string;
  progress: { done: number; total: number | null; percent: number };
  createdBy: { id: string };
}

async function mutate(field: string, input: object, person = admin) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { announcement { ${FIELDS} } userErrors { code field message } } }`;
  const { data, codes } = await graph.run('messaging', query, { input }, person);
  const payload = data[field] as { announcement: Sent | null; userErrors: { code: string; field: string[] }[] } | null;
  return { codes, announcement: payload?.announcement ?? null, refused: payload?.userErrors ?? [] };
}

const announce = (input: object, person = admin) =>
  mutate('sendAnnouncement', { channels: ['IN_APP'], texts: [WORDS], ...input }, person);
const write = (userIds: string[], input: object = {}, person = admin) =>
  mutate('sendNotification', { userIds, channels: ['IN_APP'], texts: [WORDS], ...input }, person);

async function find(id: string, person = admin): Promise<Sent | null> {
  const { data } = await graph.run(
    'messaging',
    `query ($id: ID!) { announcement(id: $id) { ${FIELDS} } }`,
    { id },
    person,
  );
  return (data['announcement'] as Sent | null) ?? null;
}

async function ended(id: string): Promise<Sent> {
  for (;;) {
    const found = await find(id);
    if (found?.status === 'SENT') return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** People by how often they have what was sent. */
async function told(id: string): Promise<Record<string, number>> {
  const rows = await em
    .fork()
    .execute<{ user_id: string; number: number }[]>(
      'select user_id, count(*)::int as number from messaging.notifications where source_id = ? group by 1',
      [id],
    );
  return Object.fromEntries(rows.map(({ user_id, number }) => [user_id, number]));
}

describe('sendNotification', () => {
  it('writes to each person once, and tells how far it has come', async () => {
    const [one, other] = [await graph.person('STUDENT'), await graph.person('TUTOR')];
    const { announcement } = await write([one.userId, other.userId, one.userId], {
      channels: ['PUSH', 'IN_APP'],
      urgency: 'HIGH',
      url: 'https://tutorgraph.example/moved',
      metadata: [{ key: 'campaign', value: 'autumn' }],
    });
    expect(announcement).toMatchObject({
      channels: ['IN_APP', 'PUSH'],
      urgency: 'HIGH',
      url: 'https://tutorgraph.example/moved',
      metadata: [{ key: 'campaign', value: 'autumn' }],
      texts: [WORDS],
      audience: { namedPeople: 2, role: null, topic: null, segment: null },
      createdBy: { id: admin.userId },
    });
    const done = await ended(announcement?.id ?? '');
    expect(done.progress).toEqual({ done: 2, total: 2, percent: 100 });
    expect(await told(done.id)).toEqual({ [one.userId]: 1, [other.userId]: 1 });
    const [row] = await em
      .fork()
      .execute<object[]>('select * from messaging.notifications where source_id = ?', [done.id]);
    expect(row).toMatchObject({
      type: 'STAFF_MESSAGE',
      urgency: 'HIGH',
      values: {
        'title:en': 'News',
        'title:ru': 'News',
        'body:en': 'We have moved.',
        'metadata.campaign': 'autumn',
        link: 'https://tutorgraph.example/moved',
      },
    });
  });

  it('leaves out who is suspended', async () => {
    const [one, suspended] = [await graph.person('STUDENT'), await graph.person('STUDENT')];
    const accounts = graph.rooms.get('accounts')?.orm.em.fork();
    await accounts?.execute('update accounts.users set suspended_at = now() where id = ?', [suspended.userId]);
    const { announcement } = await write([one.userId, suspended.userId]);
    const done = await ended(announcement?.id ?? '');
    expect(done.progress).toEqual({ done: 2, total: 2, percent: 100 });
    expect(await told(done.id)).toEqual({ [one.userId]: 1 });
  });

  it('is done once for a key', async () => {
    const { userId } = await graph.person('STUDENT');
    const again = () => write([userId], { idempotencyKey: 'once' });
    const [first, second] = [await again(), await again()];
    expect(second.announcement?.id).toBe(first.announcement?.id);
    const other = await write([userId], { idempotencyKey: 'once', urgency: 'LOW' });
    expect(other.refused).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it.each([
    ['nobody', { userIds: [] }, 'userIds'],
    ['more than a thousand people', { userIds: Array.from({ length: 1_001 }, () => crypto.randomUUID()) }, 'userIds'],
    ['no channel', { channels: [] }, 'channels'],
    ['no words', { texts: [] }, 'texts'],
    ['a language twice', { texts: [WORDS, WORDS] }, 'texts'],
    ['an address that is none of the web', { url: 'ftp://tutorgraph.example/' }, 'url'],
    ['a name with a blank', { metadata: [{ key: 'a b', value: '' }] }, 'metadata'],
  ])('refuses %s', async (_what, change, field) => {
    const { refused } = await write([admin.userId], change);
    expect(refused[0]).toMatchObject({ code: 'INVALID_INPUT', field: expect.arrayContaining(['input', field]) });
  });

  it('refuses people whom there are not', async () => {
    expect((await write([crypto.randomUUID()])).refused).toMatchObject([{ code: 'PERSON_NOT_FOUND' }]);
  });

  it('lets a curator write, but not over what people decided, nor to all', async () => {
    const [curator, other] = [await graph.person('CURATOR'), await graph.person('CURATOR')];
    const { announcement } = await write([other.userId], {}, curator);
    expect((await write([other.userId], { urgency: 'CRITICAL' }, curator)).refused).toMatchObject([
      { code: 'CRITICAL_NOT_ALLOWED' },
    ]);
    expect((await announce({ audience: { role: 'STUDENT' } }, curator)).codes).toEqual(['FORBIDDEN']);
    expect((await find(announcement?.id ?? '', curator))?.createdBy).toEqual({ id: curator.userId });
    expect(await find(announcement?.id ?? '', other)).toBeNull();
    const own = await graph.run('messaging', '{ announcements { edges { node { id } } } }', {}, curator);
    expect(own.data['announcements']).toEqual({ edges: [{ node: { id: announcement?.id } }] });
    const student = await graph.person('STUDENT');
    expect((await write([other.userId], {}, student)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('sendAnnouncement', () => {
  it('goes to everybody of a role', async () => {
    const [hr, other] = [await graph.person('HR'), await graph.person('HR')];
    const { announcement } = await announce({ audience: { role: 'HR' } });
    expect(announcement).toMatchObject({ audience: { namedPeople: null, role: 'HR' } });
    const done = await ended(announcement?.id ?? '');
    expect(await told(done.id)).toEqual({ [hr.userId]: 1, [other.userId]: 1 });
    expect(done.progress).toEqual({ done: 2, total: 2, percent: 100 });
  });

  it('goes to a segment', async () => {
    const reader = await graph.person('SUPERVISOR', { locale: 'ru' });
    await graph.person('SUPERVISOR');
    const segment = {
      role: 'SUPERVISOR',
      locale: 'ru',
      emailVerified: true,
      registeredAfter: '2026-01-01T00:00:00.000Z',
    };
    const { announcement } = await announce({ audience: { segment } });
    expect(announcement).toMatchObject({ audience: { segment: { ...segment, inactiveSinceDays: null } } });
    expect(await told((await ended(announcement?.id ?? '')).id)).toEqual({ [reader.userId]: 1 });
  });

  it('goes to who listens to a push topic, whatever number of devices they have', async () => {
    const [listener, other] = [await graph.person('STUDENT'), await graph.person('STUDENT')];
    const device = (userId: string, topics: string) =>
      em.fork().execute(
        `insert into messaging.devices (id, user_id, session_id, platform, token, token_hash, topics, created_at, last_seen_at)
         select id, ?, id, 'ANDROID', id::text, id::text, ?::text[], now(), now() from (select gen_random_uuid() as id) made`,
        [userId, topics],
      );
    for (const topics of ['{sale,news}', '{sale}']) await device(listener.userId, topics);
    await device(other.userId, '{news}');
    const { announcement } = await announce({ audience: { topic: 'sale' }, channels: ['PUSH', 'IN_APP'] });
    expect(await told((await ended(announcement?.id ?? '')).id)).toEqual({ [listener.userId]: 1 });
  });

  it.each([
    ['no audience', {}],
    ['two audiences at once', { role: 'STUDENT', topic: 'sale' }],
    ['a topic that is no name', { topic: 'A sale!' }],
  ])('refuses %s', async (_what, audience) => {
    expect((await announce({ audience })).refused[0]).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is told live to who sent it', async () => {
    await graph.person('TUTOR');
    const { announcement } = await announce({ audience: { role: 'TUTOR' } });
    const id = announcement?.id ?? '';
    await ended(id);
    const query = `subscription ($id: ID!, $after: String) { announcementChanged(id: $id, after: $after) {
      cursor announcement { status progress { percent } } } }`;
    const after = Buffer.from('messaging:0').toString('base64url');
    const live = await graph.subscribe('messaging', query, { id, after }, admin);
    const last = { status: 'SENT', progress: { percent: 100 } };
    for (;;) {
      const { value } = await live.next();
      const changed = value?.data?.['announcementChanged'] as { announcement: object | null };
      if (!changed.announcement) continue;
      expect(changed.announcement).toEqual(last);
      break;
    }
    await live.return?.();
    const curator = await graph.person('CURATOR');
    const refused = await graph.subscribe('messaging', query, { id }, curator).then(
      (stream) => stream.next().then(({ value }) => value?.errors?.[0]),
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('is in the audit log', async () => {
    const { announcement } = await announce({ audience: { role: 'HR' } });
    const rows = await em
      .fork()
      .execute<{ event: { data: object } }[]>(
        `select event from messaging.outbox where event->>'subject' = ? and event->>'type' like '%staff-action%'`,
        [announcement?.id],
      );
    expect(rows.map(({ event }) => event.data)).toMatchObject([
      { action: 'messaging.announcement.send', resource: 'Announcement', actorId: admin.userId, userId: null },
    ]);
  });
});

describe('cancelAnnouncement', () => {
  it('stops what has not ended, once, and nothing else', async () => {
    const { announcement } = await announce({ audience: { role: 'HR' } });
    const done = await ended(announcement?.id ?? '');
    const cancel = (announcementId: string, person = admin) => mutate('cancelAnnouncement', { announcementId }, person);
    expect((await cancel(done.id)).refused).toMatchObject([{ code: 'ANNOUNCEMENT_ENDED' }]);
    expect((await cancel(crypto.randomUUID())).refused).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await cancel(done.id, await graph.person('CURATOR'))).refused).toMatchObject([{ code: 'NOT_FOUND' }]);
    await em
      .fork()
      .execute(`update messaging.announcements set status = 'SENDING', finished_at = null where id = ?`, [done.id]);
    expect((await cancel(done.id)).announcement).toMatchObject({ status: 'CANCELLED', finishedAt: expect.anything() });
    expect((await cancel(done.id)).announcement).toMatchObject({ status: 'CANCELLED' });
  });
});

import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Delivery } from '../src/deliveries/delivery.entity.js';
import type { NewNotification } from '../src/notifications/new-notification.js';
import { purgeNotificationsJob } from '../src/notifications/purge-notifications.job.js';
import { database, deliveriesOf, notice, notificationsOf, notify } from './notices.js';

let graph: TestGraph;
let student: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging'], undefined, { APP_URL: 'https://app.example.com/' });
});

afterAll(() => graph.close());

beforeEach(async () => {
  student = await graph.person('STUDENT');
});

interface Told {
  id: string;
  title: string;
  readAt: string | null;
}

const PAGE = `query ($filter: NotificationFilter, $first: Int, $after: String) {
  notifications(filter: $filter, first: $first, after: $after) {
    edges { cursor node { id type title body url urgency target { kind id } readAt createdAt deliveries { channel status reason attempts } } }
    pageInfo { hasNextPage endCursor } totalCount
  }
}`;

/** Tells the student things, one after the other; the newest is the last. */
async function tell(count: number, changes: Partial<NewNotification> = {}): Promise<string[]> {
  for (let index = 0; index < count; index++) {
    const values = { 'title:en': `Thing ${index}`, 'body:en': '' };
    await notify(graph, [notice({ userId: student.userId, values, ...changes })]);
  }
  return (await notificationsOf(graph, student.userId)).map(({ id }) => id);
}

async function page(variables: object = {}, person = student) {
  const { data, codes } = await graph.run('messaging', PAGE, variables, person);
  expect(codes).toEqual([]);
  const connection = data['notifications'] as {
    edges: { cursor: string; node: Told }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
    totalCount: number;
  };
  return { ...connection, nodes: connection.edges.map(({ node }) => node) };
}

async function unread(person = student): Promise<unknown> {
  return (await graph.run('messaging', '{ unreadNotificationCount }', {}, person)).data['unreadNotificationCount'];
}

async function mutate(field: string, input: object, selection: string, person = student) {
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  const query = `mutation ($input: ${name}Input!) { ${field}(input: $input) { ${selection} userErrors { code field } } }`;
  const { data, codes } = await graph.run('messaging', query, { input }, person);
  expect(codes).toEqual([]);
  return data[field] as Record<string, unknown>;
}

describe('the inbox', () => {
  it('shows what somebody was told, the newest first, in their language, and where it leads', async () => {
    const id = newId();
    await tell(1, {
      target: { kind: 'BOOKING', id },
      values: { 'title:en': 'Hello', 'title:ru': 'Привет', 'body:en': 'Body', 'body:ru': 'Текст' },
    });
    await tell(1, { values: { 'title:en': 'Link', 'body:en': '', link: 'https://else.example/x' }, urgency: 'HIGH' });
    const { nodes, totalCount } = await page();
    expect(totalCount).toBe(2);
    expect(nodes).toMatchObject([
      { title: 'Link', url: 'https://else.example/x', target: null, urgency: 'HIGH', type: 'STAFF_MESSAGE' },
      {
        title: 'Hello',
        body: 'Body',
        url: `https://app.example.com/bookings/${id}`,
        target: { kind: 'BOOKING', id },
        readAt: null,
        deliveries: expect.arrayContaining([
          { channel: 'IN_APP', status: 'DELIVERED', reason: null, attempts: 0 },
          expect.objectContaining({ channel: 'EMAIL' }),
        ]),
      },
    ]);
    const russian = await graph.issuer.signIn('STUDENT', { userId: student.userId, locale: 'ru' });
    expect((await page({}, russian)).nodes.at(-1)).toMatchObject({ title: 'Привет', body: 'Текст' });
    expect((await page({}, await graph.person('STUDENT'))).nodes).toEqual([]);
  });

  it('goes page by page without a repeat or a hole, by filters too, with a fixed number of statements', async () => {
    await tell(5);
    await tell(2, { type: 'ANNOUNCEMENT' });
    const first = await page({ first: 4 });
    const second = await page({ first: 4, after: first.pageInfo.endCursor });
    const titles = [...first.nodes, ...second.nodes].map(({ title }) => title);
    expect(titles).toEqual(['Thing 1', 'Thing 0', 'Thing 4', 'Thing 3', 'Thing 2', 'Thing 1', 'Thing 0']);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await page({ filter: { types: ['ANNOUNCEMENT'] } })).totalCount).toBe(2);
    await mutate('markNotificationRead', { notificationId: first.nodes[0]?.id }, 'unreadCount');
    expect((await page({ filter: { unreadOnly: true } })).totalCount).toBe(6);
    const few = await withStatements(() => page({ first: 1 }));
    const many = await withStatements(() => page({ first: 7 }));
    expect(many.statements.length).toBe(few.statements.length);
  });

  it('does not show what somebody wants to be told elsewhere only', async () => {
    await notify(graph, [notice({ userId: student.userId, channels: ['EMAIL'] })]);
    expect((await page()).nodes).toEqual([]);
    expect(await unread()).toBe(0);
    const [hidden] = await notificationsOf(graph, student.userId);
    expect((await graph.run('messaging', `{ notification(id: "${hidden?.id}") { id } }`, {}, student)).data).toEqual({
      notification: null,
    });
  });

  it('shows nothing of it to anybody else, by id or by reference', async () => {
    const [id = ''] = await tell(1);
    const other = await graph.person('ADMIN');
    const query = `query ($id: ID!) { notification(id: $id) { title } _entities(representations: [{ __typename: "Notification", id: $id }]) { ... on Notification { title } } }`;
    expect((await graph.run('messaging', query, { id }, other)).data).toEqual({
      notification: null,
      _entities: [null],
    });
    expect((await graph.run('messaging', query, { id }, student)).data).toEqual({
      notification: { title: 'Thing 0' },
      _entities: [{ title: 'Thing 0' }],
    });
    for (const field of ['markNotificationRead', 'deleteNotification']) {
      const refused = await mutate(field, { notificationId: id }, 'unreadCount', other);
      expect(refused['userErrors']).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    for (const field of ['markAllNotificationsRead', 'deleteAllNotifications']) {
      const refused = await mutate(field, { upToId: id }, 'unreadCount', other);
      expect(refused['userErrors']).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });
});

describe('reading', () => {
  it('one is done once, however often it is asked for', async () => {
    const [id = ''] = await tell(2);
    const first = await mutate('markNotificationRead', { notificationId: id }, 'notification { readAt } unreadCount');
    expect(first).toMatchObject({ notification: { readAt: expect.anything() }, unreadCount: 1, userErrors: [] });
    expect(await mutate('markNotificationRead', { notificationId: id }, 'notification { readAt } unreadCount')).toEqual(
      first,
    );
  });

  it('all leaves unread what came after the newest one that was seen', async () => {
    const ids = await tell(4);
    const input = { upToId: ids[2] };
    expect(await mutate('markAllNotificationsRead', input, 'changedCount unreadCount')).toMatchObject({
      changedCount: 3,
      unreadCount: 1,
    });
    expect(await mutate('markAllNotificationsRead', input, 'changedCount unreadCount')).toMatchObject({
      changedCount: 0,
      unreadCount: 1,
    });
    expect(await mutate('markAllNotificationsRead', {}, 'changedCount unreadCount')).toMatchObject({ unreadCount: 0 });
  });
});

describe('deleting', () => {
  it('leaves an empty place, also when it is asked for twice', async () => {
    const [id = '', other = ''] = await tell(2);
    for (let time = 0; time < 2; time++) {
      const deleted = await mutate('deleteNotification', { notificationId: id }, 'deletedNotificationId unreadCount');
      expect(deleted).toEqual({ deletedNotificationId: id, unreadCount: 1, userErrors: [] });
    }
    expect((await page()).nodes.map((node) => node.id)).toEqual([other]);
    const [place] = await notificationsOf(graph, student.userId);
    expect(place).toMatchObject({ id, values: {}, targetId: null, deletedAt: expect.any(Date) });
    const refused = await mutate('markNotificationRead', { notificationId: id }, 'unreadCount');
    expect(refused['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'notificationId'] }]);
  });

  it('all leaves what came after the newest one that was seen, though that one is deleted', async () => {
    const ids = await tell(4);
    await mutate('deleteNotification', { notificationId: ids[2] }, 'unreadCount');
    const deleted = await mutate('deleteAllNotifications', { upToId: ids[2] }, 'deletedCount unreadCount');
    expect(deleted).toMatchObject({ deletedCount: 2, unreadCount: 1 });
    expect((await page()).nodes.map((node) => node.id)).toEqual([ids[3]]);
  });
});

describe('the inbox, live', () => {
  const next = async <Value>(stream: AsyncIterator<ExecutionResult>, field: string): Promise<Value> => {
    const { value } = await stream.next();
    expect(value.errors).toBeUndefined();
    return value.data[field];
  };
  interface Received {
    cursor: string;
    notification: { title: string } | null;
  }
  const RECEIVED =
    'subscription ($after: String) { notificationReceived(after: $after) { cursor notification { title } } }';

  it('tells of new notifications of one person, and goes on where it was left', async () => {
    const stream = await graph.subscribe('messaging', RECEIVED, {}, student);
    const start = await next<Received>(stream, 'notificationReceived');
    expect(start.notification).toBeNull();
    await notify(graph, [notice()]);
    await tell(2);
    const first = await next<Received>(stream, 'notificationReceived');
    expect(first.notification).toEqual({ title: 'Thing 0' });
    await stream.return?.();
    await tell(1, { values: { 'title:en': 'Meanwhile', 'body:en': '' } });
    const again = await graph.subscribe('messaging', RECEIVED, { after: first.cursor }, student);
    const titles: (string | undefined)[] = [];
    while (!titles.includes('Meanwhile')) {
      const { notification } = await next<Received>(again, 'notificationReceived');
      if (notification) titles.push(notification.title);
    }
    expect(titles).toEqual(['Thing 1', 'Meanwhile']);
    await again.return?.();
  });

  it('tells of one that was deleted before it was heard of as of nothing', async () => {
    const { cursor } = await next<Received>(
      await graph.subscribe('messaging', RECEIVED, {}, student),
      'notificationReceived',
    );
    const [id] = await tell(1);
    await mutate('deleteNotification', { notificationId: id }, 'unreadCount');
    const stream = await graph.subscribe('messaging', RECEIVED, { after: cursor }, student);
    await next(stream, 'notificationReceived');
    expect(await next<Received>(stream, 'notificationReceived')).toMatchObject({ notification: null });
    await stream.return?.();
  });

  it('counts what is unread, at once and at each change', async () => {
    const query = 'subscription { unreadNotificationCountChanged { cursor count } }';
    const stream = await graph.subscribe('messaging', query, {}, student);
    const count = async () => (await next<{ count: number }>(stream, 'unreadNotificationCountChanged')).count;
    expect(await count()).toBe(0);
    const [id] = await tell(1);
    expect(await count()).toBe(1);
    await mutate('markNotificationRead', { notificationId: id }, 'unreadCount');
    expect(await count()).toBe(0);
    await tell(1);
    expect(await count()).toBe(1);
    await mutate('deleteAllNotifications', {}, 'unreadCount');
    expect(await count()).toBe(0);
    await stream.return?.();
  });
});

describe('support', () => {
  const QUERY = `query ($filter: NotificationDeliveryFilter, $first: Int) { notificationDeliveries(filter: $filter, first: $first) {
    edges { node { id type channel status user { id } } } totalCount } }`;

  it('sees what became of notifications of one person or of all, with a fixed number of statements', async () => {
    await tell(3);
    const supervisor = await graph.person('SUPERVISOR');
    const filter = { userId: student.userId, channel: 'IN_APP', status: 'DELIVERED' };
    const { data } = await graph.run('messaging', QUERY, { filter }, supervisor);
    expect(data['notificationDeliveries']).toMatchObject({
      totalCount: 3,
      edges: [1, 2, 3].map(() => ({ node: { type: 'STAFF_MESSAGE', user: { id: student.userId } } })),
    });
    const count = async (first: number) =>
      (await withStatements(() => graph.run('messaging', QUERY, { first }, supervisor))).statements.length;
    expect(await count(6)).toBe(await count(1));
    const nothing = await graph.run('messaging', QUERY, { filter: { userId: 'x' } }, supervisor);
    expect(nothing.data['notificationDeliveries']).toMatchObject({ totalCount: 0 });
    expect((await graph.run('messaging', QUERY, {}, student)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('what is older than two months', () => {
  it('is removed for good with its deliveries, the rest stays', async () => {
    const [old = '', young = ''] = await tell(2);
    await runSql(
      graph.databaseUrl,
      `update messaging.notifications set created_at = now() - interval '2 months 2 days' where id = $1`,
      [old],
    );
    const job = purgeNotificationsJob(database(graph));
    await job.handler({}, { id: newId(), attempt: 1, signal: new AbortController().signal, logger: silentLogger });
    expect((await notificationsOf(graph, student.userId)).map(({ id }) => id)).toEqual([young]);
    expect(await database(graph).count(Delivery, { notificationId: old })).toBe(0);
    expect(await deliveriesOf(graph, student.userId)).toHaveLength(2);
  });
});

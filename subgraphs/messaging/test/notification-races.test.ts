import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { MailServer } from '@tutorgraph/kit/testing/mail-server';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Delivery } from '../src/deliveries/delivery.entity.js';
import { Digest } from '../src/deliveries/digest.entity.js';
import { Notification } from '../src/notifications/notification.entity.js';
import { deleteAll, markAllRead } from '../src/notifications/notification.repository.js';
import { ChannelDigest } from '../src/preferences/preference.entity.js';
import { database, deliveriesOf, notice, notificationsOf, notify } from './notices.js';
import { Postman } from './postman.js';

// The embedded database runs one transaction after the other: nothing can race there.
describe.runIf(isRealPostgres())('at the same time', () => {
  const server = new MailServer();
  let graph: TestGraph;
  let postmen: Postman[];

  beforeAll(async () => {
    const settings = await server.listen();
    graph = await startTestGraph(['accounts', 'messaging']);
    postmen = await Promise.all(Array.from({ length: 4 }, () => Postman.hire(graph, settings)));
  });

  afterAll(async () => {
    for (const postman of postmen ?? []) await postman.close();
    await graph?.close();
    await server.close();
  });

  it('the same event tells each person once, in whatever order the people come', async () => {
    const sourceId = newId();
    const people = Array.from({ length: 60 }, () => notice({ sourceId }));
    const orders = [people, people.toReversed(), people.toSorted(() => Math.random() - 0.5), people];
    await Promise.all(orders.map((order) => notify(graph, order)));
    const found = await database(graph).find(Notification, { sourceId });
    expect(found).toHaveLength(60);
    expect(await database(graph).count(Delivery, { notificationId: { $in: found.map(({ id }) => id) } })).toBe(120);
  });

  it('several workers send each notification once', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => graph.person('STUDENT')));
    await notify(
      graph,
      people.flatMap(({ userId }) => [notice({ userId }), notice({ userId })]),
    );
    await Promise.all(postmen.map((postman) => postman.send()));
    await Promise.all(postmen.map((postman) => postman.send()));
    const ids = server.mails.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
  });

  it('what is put into a digest while it is sent goes with it or into the next, never nowhere', async () => {
    const { userId } = await graph.person('STUDENT');
    await database(graph).insert(ChannelDigest, { userId, channel: 'EMAIL', mode: 'HOURLY', updatedAt: new Date() });
    const closeAll = async (): Promise<void> => {
      for (let round = 0; round < 25; round++) {
        await runSql(
          graph.databaseUrl,
          `update messaging.digests set due_at = now() - interval '1 second' where user_id = $1 and closed_at is null`,
          [userId],
        );
        await Promise.all(postmen.map((postman) => postman.send()));
      }
    };
    const tellAll = async (): Promise<void> => {
      for (let round = 0; round < 15; round++) {
        await Promise.all([1, 2, 3].map(() => notify(graph, [notice({ userId })])));
        await delay(Math.random() * 20);
      }
    };
    await Promise.all([closeAll(), tellAll()]);
    await closeAll();
    const emails = (await deliveriesOf(graph, userId)).filter(({ channel }) => channel === 'EMAIL');
    expect(emails).toHaveLength(45);
    expect(new Set(emails.map(({ status }) => status))).toEqual(new Set(['SENT']));
    const told = server.mails
      .filter(({ to }) => to?.some(({ address }) => address?.startsWith(userId)))
      .map(({ text = '' }) => text.split('On Monday').length - 1);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(45);
    const digests = await database(graph).find(Digest, { userId });
    expect(digests.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  });

  it('reading and deleting all while more arrives loses nothing that was not seen', async () => {
    const userId = newId();
    await notify(
      graph,
      Array.from({ length: 20 }, () => notice({ userId })),
    );
    const seen = (await notificationsOf(graph, userId)).at(-1) ?? null;
    const arrivals = Array.from({ length: 20 }, () => notify(graph, [notice({ userId })]));
    const tidying = [markAllRead, deleteAll, markAllRead, deleteAll].map((tidy) =>
      transaction(database(graph), (tx) => tidy(tx, userId, seen, new Date())),
    );
    await Promise.all([...arrivals, ...tidying]);
    const all = await notificationsOf(graph, userId);
    expect(all).toHaveLength(40);
    const isOld = ({ createdAt, id }: Notification): boolean =>
      seen !== null &&
      (createdAt < seen.createdAt || (createdAt.getTime() === seen.createdAt.getTime() && id <= seen.id));
    for (const notification of all) {
      expect(notification.deletedAt !== null).toBe(isOld(notification));
      if (!isOld(notification)) expect(notification.readAt).toBeNull();
    }
  });
});

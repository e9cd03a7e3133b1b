import { transaction } from '@tutorgraph/kit/database/transaction';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Delivery } from '../src/deliveries/delivery.entity.js';
import { Digest } from '../src/deliveries/digest.entity.js';
import { ChannelDigest, Preference, QuietHours } from '../src/preferences/preference.entity.js';
import { collectNotifications, eraseNotifications } from '../src/privacy/notification-privacy.js';
import { database, notice, notificationsOf, notify } from './notices.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['messaging']);
});

afterAll(() => graph.close());

it('the archive holds what somebody was told and decided, and erasing leaves nothing of it, of others everything', async () => {
  const { userId } = notice();
  const other = notice();
  const updatedAt = new Date();
  for (const of of [userId, other.userId]) {
    const em = database(graph);
    await em.insert(Preference, { userId: of, type: 'ANNOUNCEMENT', channel: 'SMS', enabled: true, updatedAt });
    await em.insert(QuietHours, { userId: of, startsAt: '22:00', endsAt: '07:00', updatedAt });
    await em.insert(ChannelDigest, { userId: of, channel: 'EMAIL', mode: 'HOURLY', updatedAt });
  }
  await notify(graph, [notice({ userId }), other]);
  expect((await collectNotifications(database(graph), userId)).sections).toMatchObject({
    notifications: [
      {
        type: 'STAFF_MESSAGE',
        values: { 'title:en': 'We are closed' },
        deliveries: expect.arrayContaining([expect.objectContaining({ channel: 'EMAIL', status: 'QUEUED' })]),
      },
    ],
    notificationPreferences: [{ type: 'ANNOUNCEMENT', channel: 'SMS', enabled: true }],
    notificationQuietHours: [{ startsAt: '22:00:00', endsAt: '07:00:00' }],
    notificationDigests: [{ channel: 'EMAIL', mode: 'HOURLY' }],
  });
  await transaction(database(graph), (tx) => eraseNotifications(tx, userId));
  const nothing = {
    notifications: [],
    notificationPreferences: [],
    notificationQuietHours: [],
    notificationDigests: [],
  };
  expect((await collectNotifications(database(graph), userId)).sections).toEqual(nothing);
  expect(await database(graph).find(Digest, {})).toMatchObject([{ userId: other.userId }]);
  const [left] = await notificationsOf(graph, other.userId);
  const deliveries = await database(graph).find(Delivery, {});
  expect(deliveries.map(({ notificationId }) => notificationId)).toEqual([left?.id, left?.id]);
});

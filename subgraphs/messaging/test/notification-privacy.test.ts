import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mentionsIn, named } from '../src/catalogue/names.js';
import { Delivery } from '../src/deliveries/delivery.entity.js';
import { Digest } from '../src/deliveries/digest.entity.js';
import { Notification } from '../src/notifications/notification.entity.js';
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

it('the name of whoever is erased goes from what others were told, and comes back with nothing that is late', async () => {
  const [gone, stays] = [
    { id: newId(), name: 'Anna K.' },
    { id: newId(), name: 'Ivan P.' },
  ];
  const told = () =>
    notice({ values: { ...named('student', gone), ...named('tutor', stays), 'subject:en': 'Mathematics', count: 2 } });
  const unrelated = notice({ values: { ...named('other', stays) } });
  const list = [told(), told(), unrelated];
  await notify(graph, list);
  const erase = () => transaction(database(graph), (tx) => eraseNotifications(tx, gone.id));
  const few = await withStatements(erase);
  const late = [told(), told(), told()];
  await notify(graph, late);
  const many = await withStatements(erase);
  expect(many.statements.length).toBe(few.statements.length);
  for (const { userId } of [...list.slice(0, 2), ...late]) {
    expect(await notificationsOf(graph, userId)).toMatchObject([
      {
        mentions: [stays.id],
        values: {
          ...{ studentName: '', studentId: '', tutorName: 'Ivan P.', tutorId: stays.id },
          ...{ 'subject:en': 'Mathematics', count: 2 },
        },
      },
    ]);
  }
  expect(await notificationsOf(graph, unrelated.userId)).toMatchObject([
    { mentions: mentionsIn(unrelated.values), values: unrelated.values },
  ]);
});

it('two who stand in the same notifications are erased at once', async () => {
  const pair = ['Anna K.', 'Ivan P.'].map((name) => ({ id: newId(), name }));
  const values = { ...named('student', pair[0]), ...named('tutor', pair[1]) };
  const staff = Array.from({ length: 60 }, () => notice({ values }));
  await notify(graph, staff);
  await Promise.all(pair.map(({ id }) => transaction(database(graph), (tx) => eraseNotifications(tx, id))));
  const userIds = staff.map(({ userId }) => userId);
  const left = await database(graph).find(Notification, { userId: { $in: userIds } });
  const empty = { studentName: '', studentId: '', tutorName: '', tutorId: '' };
  expect(left.map(({ mentions, values: kept }) => ({ mentions, kept }))).toEqual(
    staff.map(() => ({ mentions: [], kept: empty })),
  );
});

it('the archive of somebody leaves the names of others out', async () => {
  const { userId } = notice();
  const own = named('tutor', { id: userId, name: 'Ivan P.' });
  const others = named('student', { id: newId(), name: 'Anna K.' });
  await notify(graph, [notice({ userId, values: { ...own, ...others, count: 2 } })]);
  const { sections } = await collectNotifications(database(graph), userId);
  expect(sections).toMatchObject({ notifications: [{ values: { tutorName: 'Ivan P.', tutorId: userId, count: 2 } }] });
  expect(JSON.stringify(sections)).not.toContain('Anna');
});

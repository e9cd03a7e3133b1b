import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Delivery } from '../src/deliveries/delivery.entity.js';
import type { NewNotification } from '../src/notifications/new-notification.js';
import { Notification } from '../src/notifications/notification.entity.js';
import { Notifier } from '../src/notifications/notify.js';
import { ChannelDigest, Preference, QuietHours } from '../src/preferences/preference.entity.js';

let graph: TestGraph;
const notifier = new Notifier(async () => {});

beforeAll(async () => {
  graph = await startTestGraph(['messaging']);
});

afterAll(() => graph.close());

const database = (): EntityManager => {
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('messaging does not run');
  return room.orm.em.fork();
};

const notification = (changes: Partial<NewNotification> = {}): NewNotification => ({
  userId: newId(),
  type: 'BOOKING_CONFIRMED',
  sourceId: newId(),
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  values: { subject: 'Mathematics' },
  target: null,
  timeZone: 'Europe/Riga',
  ...changes,
});

const notify = (list: readonly NewNotification[], now?: Date): Promise<void> =>
  transaction(database(), (tx) => notifier.notify(tx, list, now));

const deliveriesOf = async (userId: string): Promise<Delivery[]> => {
  const ids = (await database().find(Notification, { userId })).map(({ id }) => id);
  return database().find(Delivery, { notificationId: { $in: ids } }, { orderBy: { channel: 'asc', dueAt: 'asc' } });
};

describe('notify', () => {
  it('makes one notification of an event for a person, however often it is told, with a delivery for each channel', async () => {
    const told = notification();
    await notify([told, told]);
    await notify([told]);
    expect(await database().find(Notification, { userId: told.userId })).toMatchObject([
      { type: 'BOOKING_CONFIRMED', values: { subject: 'Mathematics' }, isInApp: true, readAt: null },
    ]);
    expect(await deliveriesOf(told.userId)).toMatchObject([
      { channel: 'EMAIL', status: 'QUEUED', digestId: null },
      { channel: 'IN_APP', status: 'DELIVERED' },
    ]);
  });

  it('sends as many statements for three hundred people as for one', async () => {
    const few = await withStatements(() => notify([notification()]));
    const people = Array.from({ length: 300 }, () => notification());
    const many = await withStatements(() => notify(people));
    expect(many.statements.length).toBe(few.statements.length);
    const userIds = people.map(({ userId }) => userId);
    expect(await database().count(Notification, { userId: { $in: userIds } })).toBe(300);
  });

  it('leaves out what is switched off, adds what is switched on, and makes nothing that nobody wants', async () => {
    const told = notification();
    const { userId, type } = told;
    const decide = (channel: 'IN_APP' | 'EMAIL' | 'SMS', enabled: boolean) =>
      database().insert(Preference, { userId, type, channel, enabled, updatedAt: new Date() });
    await decide('IN_APP', false);
    await decide('SMS', true);
    await notify([told]);
    expect(await deliveriesOf(userId)).toMatchObject([{ channel: 'EMAIL' }, { channel: 'SMS' }]);
    expect(await database().find(Notification, { userId })).toMatchObject([{ isInApp: false }]);
    await decide('EMAIL', false);
    await notify([{ ...told, sourceId: newId(), isForced: true }]);
    expect(await database().count(Notification, { userId })).toBe(1);
    await notify([{ ...told, sourceId: newId(), urgency: 'CRITICAL' }]);
    expect((await deliveriesOf(userId)).map(({ channel }) => channel)).toEqual([
      'EMAIL',
      'EMAIL',
      'IN_APP',
      'SMS',
      'SMS',
    ]);
  });

  it('collects what can wait into one open digest of each person and channel, after quiet hours', async () => {
    const told = notification();
    const { userId } = told;
    await database().insert(ChannelDigest, { userId, channel: 'EMAIL', mode: 'HOURLY', updatedAt: new Date() });
    await database().insert(QuietHours, { userId, startsAt: '22:00', endsAt: '07:30', updatedAt: new Date() });
    const now = new Date('2026-11-20T19:30:00Z');
    await notify([told, { ...told, sourceId: newId() }], now);
    await notify([{ ...told, sourceId: newId(), urgency: 'HIGH' }], new Date('2026-11-20T19:59:00Z'));
    const emails = (await deliveriesOf(userId)).filter(({ channel }) => channel === 'EMAIL');
    const morning = new Date('2026-11-21T05:30:00Z');
    expect(emails).toMatchObject([
      { dueAt: new Date('2026-11-20T19:59:00Z'), digestId: null },
      { dueAt: morning },
      { dueAt: morning },
    ]);
    expect(emails[1]?.digestId).toBeTruthy();
    expect(emails[1]?.digestId).toBe(emails[2]?.digestId);
  });
});

import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Notification } from '../src/notifications/notification.entity.js';
import { ChannelDigest, Preference, QuietHours } from '../src/preferences/preference.entity.js';
import { database, deliveriesOf, notice, notify } from './notices.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['messaging']);
});

afterAll(() => graph.close());

describe('notify', () => {
  it('makes one notification of an event for a person, however often it is told, with a delivery for each channel', async () => {
    const told = notice();
    await notify(graph, [told, told]);
    await notify(graph, [told]);
    expect(await database(graph).find(Notification, { userId: told.userId })).toMatchObject([
      { type: 'STAFF_MESSAGE', values: { 'title:en': 'We are closed' }, isInApp: true, readAt: null },
    ]);
    expect(await deliveriesOf(graph, told.userId)).toMatchObject([
      { channel: 'EMAIL', status: 'QUEUED', digestId: null },
      { channel: 'IN_APP', status: 'DELIVERED' },
    ]);
  });

  it('sends as many statements for three hundred people as for one', async () => {
    const few = await withStatements(() => notify(graph, [notice()]));
    const people = Array.from({ length: 300 }, () => notice());
    const many = await withStatements(() => notify(graph, people));
    expect(many.statements.length).toBe(few.statements.length);
    const userIds = people.map(({ userId }) => userId);
    expect(await database(graph).count(Notification, { userId: { $in: userIds } })).toBe(300);
  });

  it('leaves out what is switched off, adds what is switched on, and makes nothing that nobody wants', async () => {
    const told = notice();
    const { userId, type } = told;
    const decide = (channel: 'IN_APP' | 'EMAIL' | 'SMS', enabled: boolean) =>
      database(graph).insert(Preference, { userId, type, channel, enabled, updatedAt: new Date() });
    await decide('IN_APP', false);
    await decide('SMS', true);
    await notify(graph, [told]);
    expect(await deliveriesOf(graph, userId)).toMatchObject([{ channel: 'EMAIL' }, { channel: 'SMS' }]);
    expect(await database(graph).find(Notification, { userId })).toMatchObject([{ isInApp: false }]);
    await decide('EMAIL', false);
    await notify(graph, [{ ...told, sourceId: newId(), isForced: true }]);
    expect(await database(graph).count(Notification, { userId })).toBe(1);
    await notify(graph, [{ ...told, sourceId: newId(), urgency: 'CRITICAL' }]);
    expect((await deliveriesOf(graph, userId)).map(({ channel }) => channel)).toEqual([
      'EMAIL',
      'EMAIL',
      'IN_APP',
      'SMS',
      'SMS',
    ]);
  });

  it('collects what can wait into one open digest of each person and channel, after quiet hours', async () => {
    const told = notice({ timeZone: 'Europe/Riga' });
    const { userId } = told;
    await database(graph).insert(ChannelDigest, { userId, channel: 'EMAIL', mode: 'HOURLY', updatedAt: new Date() });
    await database(graph).insert(QuietHours, { userId, startsAt: '22:00', endsAt: '07:30', updatedAt: new Date() });
    const now = new Date('2026-11-20T19:30:00Z');
    await notify(graph, [told, { ...told, sourceId: newId() }], { now: now });
    await notify(graph, [{ ...told, sourceId: newId(), urgency: 'HIGH' }], { now: new Date('2026-11-20T19:59:00Z') });
    const emails = (await deliveriesOf(graph, userId)).filter(({ channel }) => channel === 'EMAIL');
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

import { setTimeout as delay } from 'node:timers/promises';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startJobs } from '@tutorgraph/kit/jobs/jobs';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { MailServer } from '@tutorgraph/kit/testing/mail-server';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../src/deliveries/claim.repository.js';
import { deliveryJobs } from '../src/deliveries/delivery-jobs.js';
import { applyProviderReport } from '../src/deliveries/provider-report.js';
import type { NewNotification } from '../src/notifications/new-notification.js';
import { Notification } from '../src/notifications/notification.entity.js';
import { ChannelDigest, Preference, QuietHours } from '../src/preferences/preference.entity.js';
import { database, deliveriesOf, notice, notificationsOf, notify } from './notices.js';
import { Postman } from './postman.js';

const server = new MailServer();
let graph: TestGraph;
let postman: Postman;
let student: TestPerson;

beforeAll(async () => {
  const settings = await server.listen();
  graph = await startTestGraph(['accounts', 'messaging']);
  postman = await Postman.hire(graph, settings);
});

afterAll(async () => {
  await postman?.close();
  await graph?.close();
  await server.close();
});

beforeEach(async () => {
  student = await graph.person('STUDENT');
  server.refusals.clear();
});

const addressOf = ({ userId }: TestPerson): string => `${userId}@test.tutorgraph.example`;
const tell = (changes: Partial<NewNotification> = {}, now?: Date): Promise<void> =>
  notify(graph, [notice({ userId: student.userId, ...changes })], now ? { now } : {});
const mailsTo = (person: TestPerson) =>
  server.mails.filter(({ to }) => to?.some(({ address }) => address === addressOf(person)));
const email = async () => (await deliveriesOf(graph, student.userId)).filter(({ channel }) => channel === 'EMAIL');

describe('a mail about a notification', () => {
  it.each([
    ['en', 'We are closed', 'On Monday <all> day.', 'On Monday &lt;all&gt; day.'],
    ['ru', 'Мы закрыты', 'Весь понедельник.', 'Весь понедельник.'],
  ])('arrives in the language of the person, as text and HTML: %s', async (locale, subject, text, html) => {
    student = await graph.person('STUDENT', { locale });
    await tell({ target: { kind: 'BOOKING', id: student.userId } });
    await postman.send();
    const [delivery] = await email();
    expect(delivery).toMatchObject({ status: 'SENT', attempts: 1, reason: null, sentAt: expect.any(Date) });
    expect(mailsTo(student)).toMatchObject([
      { subject, messageId: `<${delivery?.id}@tutorgraph.example>`, text: expect.stringContaining(text) },
    ]);
    expect(mailsTo(student)[0]?.html).toContain(html);
    expect(mailsTo(student)[0]?.text).toContain(`https://app.example.com/bookings/${student.userId}`);
  });

  it('is sent by a job as soon as the notification is committed', async () => {
    const { jobs, wake } = deliveryJobs(database(graph), (channel, run) => postman.worker.sendDue(channel, run));
    const running = await startJobs({
      url: graph.databaseUrl,
      room: 'posttest',
      jobs,
      logger: silentLogger,
      metrics: new Metrics(),
    });
    try {
      await notify(graph, [notice({ userId: student.userId })], { wake });
      await server.mailsTo(addressOf(student));
      await expect.poll(email).toMatchObject([{ status: 'SENT' }]);
    } finally {
      await running.close();
    }
  });

  it('takes the same few look-ups for one person and for twenty', async () => {
    const statements = async (count: number): Promise<number> => {
      const people = await Promise.all(Array.from({ length: count }, () => graph.person('STUDENT')));
      await notify(
        graph,
        people.map(({ userId }) => notice({ userId })),
      );
      return (await withStatements(() => postman.send())).statements.length;
    };
    const few = await statements(1);
    // Of each message only: is its address suppressed, and, in a transaction of its own, what became of it.
    expect(await statements(20)).toBe(few + 19 * 4);
  });

  it('fails for good when the address does not exist', async () => {
    server.refusals.set(addressOf(student), 550);
    await tell();
    expect(await postman.send()).toBeNull();
    expect(await email()).toMatchObject([{ status: 'FAILED', reason: expect.stringMatching(/HARD_BOUNCE|REFUSED/) }]);
  });

  it('is tried eight times within half an hour, each pause longer, and then given up', async () => {
    server.refusals.set(addressOf(student), 451);
    await tell();
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      const asked = Date.now();
      const again = await postman.send();
      const [delivery] = await email();
      expect(delivery).toMatchObject({ attempts: attempt, reason: 'UNAVAILABLE' });
      if (attempt < 8) {
        expect(delivery?.status).toBe('QUEUED');
        expect(again?.getTime()).toBe(delivery?.dueAt.getTime());
        pauses.push((again?.getTime() ?? 0) - asked);
      } else {
        expect(delivery?.status).toBe('FAILED');
      }
      await postman.wait();
    }
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    const minutes = pauses.reduce((sum, pause) => sum + pause, 0) / 60_000;
    expect(minutes).toBeGreaterThan(24);
    expect(minutes).toBeLessThan(36.5);
    expect(mailsTo(student)).toEqual([]);
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'FAILED', attempts: 8 }]);
  });

  it('arrives at a later try, once', async () => {
    server.refusals.set(addressOf(student), 451);
    await tell();
    await postman.send();
    server.refusals.clear();
    await postman.send();
    expect(mailsTo(student)).toEqual([]);
    await postman.wait();
    await postman.send();
    await postman.wait();
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'SENT', attempts: 2, reason: null }]);
    expect(mailsTo(student)).toHaveLength(1);
  });

  it('is sent again under the same Message-ID when the process stopped between sending and noting it', async () => {
    await tell();
    const [dispatch] = await claimDue(database(graph), 'EMAIL', 10, new Date());
    const [notification] = await notificationsOf(graph, student.userId);
    if (!dispatch || !notification) throw new Error('nothing was claimed');
    const contact = {
      ...{ displayName: 'Test', email: addressOf(student), phone: null, telegramId: null },
      ...{ locale: 'en', timeZone: 'UTC' },
    };
    const addressed = { dispatch, notifications: [notification] as [Notification], contact, unread: undefined };
    expect(await postman.sender.send('EMAIL', addressed, silentLogger)).toMatchObject({ kind: 'sent' });
    // Here it stopped. Nobody takes it before its lease is over.
    await postman.send();
    expect(mailsTo(student)).toHaveLength(1);
    await postman.wait();
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'SENT', attempts: 2 }]);
    const ids = mailsTo(student).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('that kills its process each time is given up after eight tries', async () => {
    await tell();
    for (let death = 1; death <= 8; death++) {
      await claimDue(database(graph), 'EMAIL', 10, new Date());
      await postman.wait();
    }
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'FAILED', reason: 'FAULT' }]);
    expect(mailsTo(student)).toEqual([]);
  });

  it('is left to others when the process is told to stop', async () => {
    await tell();
    await postman.send('EMAIL', AbortSignal.abort());
    expect(await email()).toMatchObject([{ status: 'QUEUED', attempts: 0 }]);
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'SENT' }]);
  });

  it('waits while accounts does not say where people are reached', async () => {
    await tell();
    await runSql(graph.databaseUrl, 'alter table accounts.users rename to users_away');
    const again = await postman
      .send()
      .finally(() => runSql(graph.databaseUrl, 'alter table accounts.users_away rename to users'));
    expect(again).toBeInstanceOf(Date);
    expect(await email()).toMatchObject([{ status: 'QUEUED', attempts: 1, reason: 'UNAVAILABLE' }]);
  });
});

describe('a delivery whose time has come is looked at again and dropped', () => {
  const change = (set: string) =>
    runSql(graph.databaseUrl, `update messaging.notifications set ${set} where user_id = $1`, [student.userId]);

  it.each([
    ['READ', 'when it was read meanwhile', () => change('read_at = now()')],
    ['DELETED', 'when it was deleted meanwhile', () => change('deleted_at = now()')],
    ['EXPIRED', 'when it is of no use any more', () => change("expires_at = now() - interval '1 second'")],
    [
      'SWITCHED_OFF',
      'when the person switched the type off meanwhile',
      async () => {
        const { userId } = student;
        const channel = 'EMAIL';
        const decision = { userId, type: 'STAFF_MESSAGE', channel, enabled: false, updatedAt: new Date() } as const;
        await database(graph).insert(Preference, decision);
      },
    ],
    [
      'NO_ADDRESS',
      'when the person has no proven address',
      () =>
        runSql(graph.databaseUrl, 'update accounts.users set email_verified_at = null where id = $1', [student.userId]),
    ],
    [
      'NO_ACCOUNT',
      'when the person has no account any more',
      () => runSql(graph.databaseUrl, 'delete from accounts.users where id = $1', [student.userId]),
    ],
  ])('%s: %s', async (reason, _, happens) => {
    await tell();
    await happens();
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'SUPPRESSED', reason }]);
    expect(mailsTo(student)).toEqual([]);
  });

  it('but what is critical is sent although it is switched off and in quiet hours', async () => {
    const { userId } = student;
    const updatedAt = new Date();
    await database(graph).insert(Preference, {
      userId,
      type: 'STAFF_MESSAGE',
      channel: 'EMAIL',
      enabled: false,
      updatedAt,
    });
    await database(graph).insert(QuietHours, { userId, startsAt: '00:00', endsAt: '23:59', updatedAt });
    await tell({ urgency: 'CRITICAL' });
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'SENT' }]);
  });

  it('NO_CHANNEL: when the installation does not have the channel', async () => {
    const settings = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@b.example', NODE_ENV: 'production' };
    const bare = await Postman.hire(graph, settings);
    await tell({ channels: ['TELEGRAM'] });
    await bare.send('TELEGRAM');
    await bare.close();
    expect(await deliveriesOf(graph, student.userId)).toMatchObject([{ status: 'SUPPRESSED', reason: 'NO_CHANNEL' }]);
  });
});

describe('quiet hours', () => {
  it('hold back what became due in them, without counting it as tried', async () => {
    const { userId } = student;
    await tell();
    await database(graph).insert(QuietHours, { userId, startsAt: '00:00', endsAt: '23:59', updatedAt: new Date() });
    const again = await postman.send();
    const [delivery] = await email();
    expect(delivery).toMatchObject({ status: 'QUEUED', attempts: 0, reason: null });
    expect(again?.toISOString()).toMatch(/T23:59:00.000Z$/);
    await database(graph).nativeDelete(QuietHours, { userId });
    await postman.wait();
    await postman.send();
    expect(await email()).toMatchObject([{ status: 'SENT', attempts: 1 }]);
  });
});

describe('a digest', () => {
  const collect = (mode: 'HOURLY' | 'MORNING' = 'HOURLY') =>
    database(graph).insert(ChannelDigest, { userId: student.userId, channel: 'EMAIL', mode, updatedAt: new Date() });

  it('is one mail with all that was collected; what comes later goes into the next', async () => {
    await collect();
    await tell();
    await tell({ values: { 'title:en': 'We are open', 'body:en': 'Again.' } });
    await tell({ values: { 'title:en': 'Nobody reads this', 'body:en': '' } });
    const read = (await notificationsOf(graph, student.userId)).at(-1)?.id ?? '';
    await database(graph).nativeUpdate(Notification, { id: read }, { readAt: new Date() });
    await postman.send();
    expect(mailsTo(student)).toEqual([]);
    await postman.wait();
    await postman.send();
    await tell({ values: { 'title:en': 'Too late for it', 'body:en': '' } });
    expect(mailsTo(student)).toHaveLength(1);
    const [mail] = mailsTo(student);
    const found = await email();
    expect(mail).toMatchObject({
      subject: '2 new notifications',
      messageId: `<${found[0]?.digestId}@tutorgraph.example>`,
    });
    expect(mail?.text).toMatch(/We are closed[\s\S]*On Monday[\s\S]*We are open[\s\S]*Again\./);
    expect(mail?.text).not.toContain('Nobody reads this');
    expect(found.map(({ status }) => status).toSorted()).toEqual(['QUEUED', 'SENT', 'SENT', 'SUPPRESSED']);
    await postman.wait();
    await postman.send();
    expect(mailsTo(student).map(({ subject }) => subject)).toEqual(['2 new notifications', 'Too late for it']);
  });

  it('that cannot be sent is tried again as a whole, under the same Message-ID', async () => {
    await collect();
    await tell();
    await tell();
    server.refusals.set(addressOf(student), 451);
    await postman.wait();
    await postman.send();
    expect(await email()).toMatchObject([
      { status: 'QUEUED', attempts: 1, reason: 'UNAVAILABLE' },
      { status: 'QUEUED', attempts: 1, reason: 'UNAVAILABLE' },
    ]);
    await tell();
    server.refusals.clear();
    await runSql(
      graph.databaseUrl,
      `update messaging.digests set due_at = now() - interval '1 second' where user_id = $1 and closed_at is not null`,
      [student.userId],
    );
    await postman.send();
    expect(mailsTo(student)).toHaveLength(1);
    expect((await email()).map(({ status }) => status).toSorted()).toEqual(['QUEUED', 'SENT', 'SENT']);
  });

  it('whose notifications are all gone sends nothing and ends', async () => {
    await collect();
    await tell();
    await runSql(graph.databaseUrl, 'delete from messaging.notifications where user_id = $1', [student.userId]);
    await postman.wait();
    await postman.send();
    expect(mailsTo(student)).toEqual([]);
    await tell();
    await delay(5);
    expect(await email()).toMatchObject([{ status: 'QUEUED', attempts: 0 }]);
  });
});

describe('what a provider reports later', () => {
  const report = (status: 'DELIVERED' | 'FAILED', providerMessageId = `SM-${student.userId}`) =>
    transaction(database(graph), (tx) =>
      applyProviderReport(tx, { channel: 'SMS', providerMessageId, status }, new Date()),
    );

  it('moves a delivery on, never back, and is told apart from what is not known yet', async () => {
    await tell({ channels: ['SMS'] });
    expect(await report('DELIVERED')).toBe(false);
    await runSql(
      graph.databaseUrl,
      `update messaging.deliveries set status = 'SENT', provider_message_id = $2
       where notification_id in (select id from messaging.notifications where user_id = $1)`,
      [student.userId, `SM-${student.userId}`],
    );
    expect(await report('DELIVERED')).toBe(true);
    expect(await report('FAILED')).toBe(true);
    expect(await deliveriesOf(graph, student.userId)).toMatchObject([
      { status: 'DELIVERED', reason: null, deliveredAt: expect.any(Date) },
    ]);
  });
});

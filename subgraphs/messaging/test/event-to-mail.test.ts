import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { MailServer } from '@tutorgraph/kit/testing/mail-server';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliveriesOf, notificationsOf } from './notices.js';

const server = new MailServer();
let graph: TestGraph;

beforeAll(async () => {
  const settings = await server.listen();
  graph = await startTestGraph(['accounts', 'messaging'], undefined, {
    ...settings,
    APP_URL: 'https://app.example.com',
  });
});

afterAll(async () => {
  await graph?.close();
  await server.close();
});

const addressOf = ({ userId }: TestPerson): string => `${userId}@test.tutorgraph.example`;
const mailsTo = (person: TestPerson) =>
  server.mails.filter(({ to }) => to?.some(({ address }) => address === addressOf(person)));

it('what happens in another room becomes a notification, live and in the inbox, and a mail, once', async () => {
  const admin = await graph.person('ADMIN');
  const student = await graph.person('STUDENT', { locale: 'ru' });
  const inRussian = await graph.issuer.signIn('STUDENT', { userId: student.userId, locale: 'ru' });
  const stream = await graph.subscribe(
    'messaging',
    'subscription { notificationReceived { notification { title } } }',
    {},
    inRussian,
  );
  await stream.next();
  const change = `mutation { changeRole(input: { userId: "${student.userId}", role: CURATOR }) { userErrors { code } } }`;
  const { data } = await graph.run('accounts', change, {}, admin);
  expect(data).toEqual({ changeRole: { userErrors: [] } });

  const [mail] = await server.mailsTo(addressOf(student));
  expect(mail?.subject).toMatch(/^Теперь ваша роль/);
  expect(mail?.text).toContain('https://app.example.com/account');
  expect((await stream.next()).value.data).toEqual({
    notificationReceived: { notification: { title: mail?.subject } },
  });
  await stream.return?.();
  await expect
    .poll(() => deliveriesOf(graph, student.userId))
    .toMatchObject([
      { channel: 'EMAIL', status: 'SENT', attempts: 1 },
      { channel: 'IN_APP', status: 'DELIVERED' },
    ]);

  // The stream is read anew from its beginning, as after a loss of the consumer's place.
  const consumer = graph.rooms.get('messaging')?.orm.em.fork();
  await consumer?.execute(`update messaging.inbox set position = 0 where stream = 'accounts'`);
  await graph.run('accounts', change.replace('CURATOR', 'STUDENT'), {}, admin);
  await server.mailsTo(addressOf(student), 2);
  expect(mailsTo(student)).toHaveLength(2);
  expect(await notificationsOf(graph, student.userId)).toHaveLength(2);
});

it('a mail server that is away keeps nothing else waiting, and gets the mail later', async () => {
  const admin = await graph.person('ADMIN');
  const student = await graph.person('STUDENT');
  server.refusals.set(addressOf(student), 451);
  await graph.run(
    'accounts',
    `mutation { changeRole(input: { userId: "${student.userId}", role: CURATOR }) { userErrors { code } } }`,
    {},
    admin,
  );
  const email = async () => (await deliveriesOf(graph, student.userId)).find(({ channel }) => channel === 'EMAIL');
  await expect.poll(async () => (await email())?.reason).toBe('UNAVAILABLE');
  expect(await notificationsOf(graph, student.userId)).toMatchObject([{ isInApp: true }]);
  server.refusals.clear();
  // The room tries again by itself, some ten seconds later.
  await expect.poll(async () => (await email())?.status, { timeout: 28_000 }).toBe('SENT');
  expect(mailsTo(student)).toHaveLength(1);
});

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChannels } from '../src/channels/create-channels.js';
import { readMessagingEnvironment } from '../src/environment.js';
import { Suppression } from '../src/suppressions/suppression.entity.js';
import { contact, message } from './channels/sample-message.js';
import { reply, SmtpTestServer } from './channels/smtp-test-server.js';
import { TwilioTestServer } from './channels/twilio-test-server.js';

const LIFT = `mutation ($input: LiftSuppressionsInput!) {
  liftSuppressions(input: $input) { lifted userErrors { code field } }
}`;
const AUTH_TOKEN = 'the token of our account';
const PUBLIC_URL = 'https://api.tutorgraph.example';

let graph: TestGraph;
let em: EntityManager;
let callbacks: string;
let stop: () => Promise<void>;
const sms = new TwilioTestServer();

beforeAll(async () => {
  await sms.listen();
  graph = await startTestGraph(['accounts', 'messaging'], testDatabase, settings());
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('messaging did not start');
  em = room.orm.em.fork();
  const served = await graph.serve('messaging');
  callbacks = new URL('/webhooks/twilio', served.url).href;
  stop = () => served.close();
});

afterAll(async () => {
  await stop();
  await graph.close();
  await sms.close();
});

function settings(): Record<string, string> {
  const account = {
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_FROM: '+15005550006',
  };
  return { PUBLIC_URL, ...account, TWILIO_BASE_URL: sms.url };
}

function open(more: Record<string, string> = {}) {
  const environment = readMessagingEnvironment({
    SECRET_KEY: 'a secret that only tests know, long enough',
    ...settings(),
    ...more,
  });
  return createChannels({ environment, em, messages: (_locale, key) => key });
}

const hashes = () => em.fork().find(Suppression, {}, { orderBy: { channel: 'asc' } });

describe('an address that does not exist', () => {
  it('gets nothing any more, but for a code; one that takes it exists again', async () => {
    const person = await graph.person('STUDENT');
    const email = `${person.userId}@test.tutorgraph.example`;
    let answer: number | undefined = 550;
    let asked = 0;
    const server = await new SmtpTestServer({
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => {
        asked += 1;
        done(answer ? reply(answer, '5.1.1 no such user') : null);
      },
    }).listen();
    const MAIL_FROM = 'Tutorgraph <no-reply@tutorgraph.example>';
    const channels = open({ SMTP_URL: `smtp://localhost:${server.port}`, MAIL_FROM });
    const send = (isAskedFor = false) => channels.get('EMAIL')?.send(message({ isAskedFor }), { ...contact, email });
    await expect(send()).rejects.toMatchObject({ code: 'DELIVERY_REFUSED', reason: 'HARD_BOUNCE' });
    await expect(send()).rejects.toMatchObject({ code: 'DELIVERY_REFUSED', reason: 'SUPPRESSED' });
    expect(asked).toBe(1);
    const [known] = await hashes();
    expect(known).toMatchObject({ channel: 'EMAIL', reason: 'HARD_BOUNCE' });
    expect(known?.addressHash).toMatch(/^[\w-]{43}$/);

    const admin = await graph.person('SUPERVISOR');
    const lift = (userId: string) => graph.run('messaging', LIFT, { input: { userId } }, admin);
    expect((await lift(person.userId)).data).toEqual({ liftSuppressions: { lifted: ['EMAIL'], userErrors: [] } });
    expect((await lift(person.userId)).data).toEqual({ liftSuppressions: { lifted: [], userErrors: [] } });
    expect((await lift(newId())).data).toMatchObject({ liftSuppressions: { userErrors: [{ code: 'NOT_FOUND' }] } });
    expect((await graph.run('messaging', LIFT, { input: { userId: person.userId } }, person)).codes).toEqual([
      'FORBIDDEN',
    ]);
    await expect
      .poll(
        async () => {
          const rows = await em
            .fork()
            .execute('select details from accounts.audit_entries where subject_id = ?', [person.userId]);
          return JSON.stringify(rows);
        },
        { timeout: 20_000 },
      )
      .toContain('messaging.suppression.lift');

    await expect(send()).rejects.toMatchObject({ reason: 'HARD_BOUNCE' });
    await expect(send(true)).rejects.toMatchObject({ reason: 'HARD_BOUNCE' });
    answer = undefined;
    await send(true);
    await send();
    expect(await hashes()).toEqual([]);
    await channels.close();
    await server.close();
  });
});

describe('a report of Twilio', () => {
  async function addDelivery(providerMessageId: string): Promise<string> {
    const [notificationId, id] = [newId(), newId()];
    const database = em.fork();
    await database.execute(
      `insert into messaging.notifications (id, user_id, type, source_id, urgency, values, created_at)
       values (?, ?, 'BOOKING_CONFIRMED', ?, 'NORMAL', '{}', now())`,
      [notificationId, newId(), notificationId],
    );
    await database.execute(
      `insert into messaging.deliveries (id, notification_id, channel, status, attempts, due_at, provider_message_id, sent_at,
         created_at, updated_at) values (?, ?, 'SMS', 'SENT', 1, now(), ?, now(), now(), now())`,
      [id, notificationId, providerMessageId],
    );
    return id;
  }

  const statusOf = async (id: string) =>
    (await em.fork().execute('select status, reason from messaging.deliveries where id = ?', [id]))[0];

  function report(form: Record<string, string>, { token = AUTH_TOKEN, url = `${PUBLIC_URL}/webhooks/twilio` } = {}) {
    const signature = twilio.getExpectedTwilioSignature(token, url, form);
    return fetch(callbacks, {
      method: 'POST',
      headers: { 'x-twilio-signature': signature },
      body: new URLSearchParams(form),
    });
  }

  it('moves the delivery that it is about, once, and never back', async () => {
    const id = await addDelivery('SM1');
    for (const MessageStatus of ['sent', 'delivered', 'delivered', 'undelivered']) {
      expect((await report({ MessageSid: 'SM1', MessageStatus, To: '+79990000001' })).status).toBe(204);
    }
    expect(await statusOf(id)).toEqual({ status: 'DELIVERED', reason: null });
  });

  it('of a number that no message can reach ends messages to it', async () => {
    const id = await addDelivery('SM2');
    const failed = { MessageSid: 'SM2', MessageStatus: 'undelivered', ErrorCode: '30005', To: '+79990000002' };
    expect((await report(failed)).status).toBe(204);
    expect(await statusOf(id)).toEqual({ status: 'FAILED', reason: 'HARD_BOUNCE' });
    const channels = open();
    const sending = channels.get('SMS')?.send(message(), { ...contact, phone: '+79990000002' });
    await expect(sending).rejects.toMatchObject({ reason: 'SUPPRESSED' });
    await channels.get('SMS')?.send(message(), contact);
    expect(sms.messages.at(-1)?.form).toMatchObject({ StatusCallback: `${PUBLIC_URL}/webhooks/twilio` });
    await channels.get('SMS')?.send(message({ isAskedFor: true }), contact);
    expect(sms.messages.at(-1)?.form).not.toHaveProperty('StatusCallback');
    await channels.close();
  });

  it('that is not signed by our account changes nothing', async () => {
    const id = await addDelivery('SM3');
    const form = { MessageSid: 'SM3', MessageStatus: 'delivered' };
    const answers = [
      await report(form, { token: 'another token' }),
      await report(form, { url: 'https://elsewhere.example/webhooks/twilio' }),
      await fetch(callbacks, { method: 'POST', body: new URLSearchParams(form) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(await statusOf(id)).toEqual({ status: 'SENT', reason: null });
  });

  it('that comes before its message is known is taken later', async () => {
    expect((await report({ MessageSid: 'SM4', MessageStatus: 'delivered' })).status).toBe(204);
    const id = await addDelivery('SM4');
    const job = graph.rooms.get('messaging')?.parts.jobs?.find(({ name }) => name === 'repeat-text-message-report');
    const [waiting] = await em
      .fork()
      .execute(
        `select data, start_after > now() as later from messaging_jobs.job where name = 'repeat-text-message-report'`,
      );
    expect(waiting).toMatchObject({ later: true, data: { providerMessageId: 'SM4', status: 'DELIVERED' } });
    const run = { id: newId(), attempt: 1, signal: new AbortController().signal, logger: silentLogger };
    await job?.handler(job.payload.parse(waiting?.data), run);
    expect(await statusOf(id)).toEqual({ status: 'DELIVERED', reason: null });
  });
});

import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/database/id.js';
import { createOrm } from '../../src/database/orm.js';
import { transaction } from '../../src/database/transaction.js';
import { createDelivery } from '../../src/delivery/create-delivery.js';
import { DevelopmentMessage } from '../../src/delivery/development-message.entity.js';
import type { Mailer, SmsSender } from '../../src/delivery/message.js';
import { type TestDatabase, testDatabase } from '../../src/testing/database.js';
import { SmtpTestServer } from './smtp-test-server.js';
import { TwilioTestServer } from './twilio-test-server.js';

const mail = { to: 'anna@mail.example', subject: 'Your code', text: 'Your code is 1234' };
const sms = { to: '+79991234567', text: 'Your code is 1234' };
const MAIL_FROM = 'Tutorgraph <no-reply@tutorgraph.example>';
const twilio = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+15005550006' };

let database: TestDatabase;
let orm: MikroORM;

function openRoom(url: string): Promise<MikroORM> {
  const migrations = new URL('./migrations/', import.meta.url);
  return createOrm({ room: 'sending', entities: [DevelopmentMessage], migrations }, { url });
}

beforeAll(async () => {
  database = await testDatabase({
    cacheKey: [fileURLToPath(new URL('../../src/delivery/development-message.entity.ts', import.meta.url))],
    migrate: async (url) => {
      const empty = await openRoom(url);
      await empty.schema.create();
      await empty.close(true);
    },
  });
  orm = await openRoom(database.url);
});

beforeEach(() => orm.em.fork().nativeDelete(DevelopmentMessage, {}));

afterAll(async () => {
  await orm.close();
  await database.close();
});

function deliver(settings: Record<string, string> = {}) {
  return createDelivery({ settings, em: orm.em });
}

function kept(): Promise<DevelopmentMessage[]> {
  return orm.em.fork().find(DevelopmentMessage, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

describe('in development', () => {
  it('mails and text messages are kept for whoever develops to read', async () => {
    const { mailer, smsSender, usesMailbox } = deliver();
    const userId = newId();
    await mailer.send({ ...mail, userId });
    await smsSender?.send(sms);
    expect(usesMailbox).toBe(true);
    expect(await kept()).toMatchObject([
      { channel: 'EMAIL', recipient: mail.to, subject: mail.subject, text: mail.text, userId },
      { channel: 'SMS', recipient: sms.to, subject: null, text: sms.text, userId: null },
    ]);
  });

  it('a message that is delivered again is kept once', async () => {
    const messageId = newId();
    await deliver().mailer.send({ ...mail, messageId });
    await deliver().mailer.send({ ...mail, messageId });
    expect(await kept()).toHaveLength(1);
  });

  it('the newest 200 messages are kept', async () => {
    const long = Array.from({ length: 205 }, (_, index) => ({
      id: newId(),
      channel: 'SMS' as const,
      recipient: sms.to,
      text: `message ${index}`,
      createdAt: new Date(Date.now() - 1_000_000 + index),
    }));
    await orm.em.fork().insertMany(DevelopmentMessage, long);
    await deliver().mailer.send(mail);
    const messages = await kept();
    expect(messages).toHaveLength(200);
    expect([messages[0]?.text, messages.at(-1)?.text]).toEqual(['message 6', mail.text]);
  });

  it('a channel with settings is used, and the other one still goes to the mailbox', async () => {
    const server = await new SmtpTestServer({ disabledCommands: ['STARTTLS'] }).listen();
    const delivery = deliver({ SMTP_URL: `smtp://localhost:${server.port}`, MAIL_FROM });
    await delivery.mailer.send(mail);
    await delivery.smsSender?.send(sms);
    expect(server.mails).toMatchObject([{ from: { name: 'Tutorgraph', address: 'no-reply@tutorgraph.example' } }]);
    expect(await kept()).toMatchObject([{ channel: 'SMS' }]);
    expect(delivery.usesMailbox).toBe(true);
    await delivery.close();
    await server.close();
  });
});

describe('in production', () => {
  it('nothing starts without a mail server', () => {
    expect(() => deliver({ NODE_ENV: 'production' })).toThrow(/^Set SMTP_URL and MAIL_FROM in production/);
  });

  it('nobody is reached by phone without Twilio, and nothing is kept', async () => {
    const delivery = deliver({ NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example', MAIL_FROM });
    expect(delivery).toMatchObject({ smsSender: undefined, usesMailbox: false });
    await delivery.close();
  });

  it('text messages go to Twilio', async () => {
    const server = new TwilioTestServer();
    await server.listen();
    const settings = { NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example', MAIL_FROM, ...twilio };
    const delivery = deliver({ ...settings, TWILIO_BASE_URL: server.url });
    await delivery.smsSender?.send(sms);
    expect(server.messages).toMatchObject([{ form: { To: sms.to } }]);
    expect(delivery.usesMailbox).toBe(false);
    await server.close();
  });
});

describe('settings', () => {
  it('that are half of a channel’s are refused', () => {
    expect(() => deliver({ SMTP_URL: 'smtps://mail.example' })).toThrow(/MAIL_FROM/);
    expect(() => deliver({ ...twilio, TWILIO_FROM: '' })).toThrow(/TWILIO_FROM/);
  });

  it.each([
    ['SMTP_URL', 'https://mail.example'],
    ['SMTP_URL', 'mail.example:25'],
    ['MAIL_FROM', 'Tutorgraph'],
    ['MAIL_FROM', 'Tutorgraph <no-reply@tutorgraph.example>\r\nBcc: <eve@mail.example>'],
    ['TWILIO_ACCOUNT_SID', 'SK123'],
    ['TWILIO_BASE_URL', 'api.twilio.com'],
  ])('that make no sense are refused: %s=%s', (key, value) => {
    expect(() => deliver({ [key]: value })).toThrow(new RegExp(`${key}: `));
  });

  it.each([
    ['no-reply@tutorgraph.example', ''],
    ['<no-reply@tutorgraph.example>', ''],
    ['"Tutors, Inc." <no-reply@tutorgraph.example>', 'Tutors, Inc.'],
  ])('may name the sender as %s', async (value, name) => {
    const server = await new SmtpTestServer({ disabledCommands: ['STARTTLS'] }).listen();
    const delivery = deliver({ SMTP_URL: `smtp://localhost:${server.port}`, MAIL_FROM: value });
    await delivery.mailer.send(mail);
    expect(server.mails[0]?.from).toEqual({ name, address: 'no-reply@tutorgraph.example' });
    await delivery.close();
    await server.close();
  });
});

describe('inside a database transaction', () => {
  it.each<[string, () => Mailer | SmsSender | undefined]>([
    ['a mail server', () => deliver({ SMTP_URL: 'smtp://localhost:1', MAIL_FROM }).mailer],
    ['Twilio', () => deliver(twilio).smsSender],
    ['the development mailbox', () => deliver().mailer],
  ])('%s is not waited for', async (_what, sender) => {
    const sending = transaction(orm.em, async () => sender()?.send({ ...mail, to: sms.to }));
    await expect(sending).rejects.toThrow('inside a database transaction');
  });
});

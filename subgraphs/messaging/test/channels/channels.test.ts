import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Channels } from '../../src/channels/channel.js';
import { outsideChannels } from '../../src/channels/channel.rules.js';
import { createChannels } from '../../src/channels/create-channels.js';
import { Device } from '../../src/devices/device.entity.js';
import { readMessagingEnvironment } from '../../src/environment.js';
import { DevelopmentMessage } from '../../src/mailbox/development-message.entity.js';
import { contact, message, nowhere } from './sample-message.js';
import { SmtpTestServer } from './smtp-test-server.js';
import { TwilioTestServer } from './twilio-test-server.js';

const SECRET_KEY = 'a secret that only tests know, long enough';
const MAIL_FROM = 'Tutorgraph <no-reply@tutorgraph.example>';
const twilio = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+15005550006' };
const messages = createMessages(await loadMessages(new URL('../../src/messages/', import.meta.url)));

let graph: TestGraph;
let em: EntityManager;

beforeAll(async () => {
  graph = await startTestGraph(['messaging']);
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('messaging did not start');
  em = room.orm.em.fork();
});

beforeEach(async () => {
  await em.fork().nativeDelete(DevelopmentMessage, {});
});

afterAll(() => graph.close());

function open(settings: Record<string, string> = {}): Channels {
  const environment = readMessagingEnvironment({ SECRET_KEY, ...settings });
  const channels = createChannels({ environment, em, messages });
  onTestFinished(() => channels.close());
  return channels;
}

async function addDevice(userId: string): Promise<void> {
  const now = new Date();
  const id = newId();
  const keys = { p256dh: null, auth: null };
  await em.fork().insert(Device, {
    id,
    userId,
    sessionId: newId(),
    platform: 'IOS',
    token: id,
    tokenHash: id,
    ...keys,
    topics: [],
    createdAt: now,
    lastSeenAt: now,
  });
}

function kept(): Promise<DevelopmentMessage[]> {
  return em.fork().find(DevelopmentMessage, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

describe('in development', () => {
  it('messages of every channel are kept for whoever develops to read', async () => {
    const channels = open();
    const sent = message({ url: 'https://tutorgraph.example/lessons/1' });
    await addDevice(sent.userId);
    for (const name of outsideChannels) {
      const result = await channels.get(name)?.send({ ...sent, deliveryId: newId() }, contact);
      expect(result).toEqual({ status: 'DELIVERED' });
    }
    expect(channels.usesMailbox).toBe(true);
    const { title: subject, userId } = sent;
    expect(await kept()).toMatchObject([
      {
        channel: 'EMAIL',
        recipient: contact.email,
        subject,
        text: expect.stringMatching(/^Hello!\s+Your lesson/),
        userId,
      },
      {
        channel: 'SMS',
        recipient: contact.phone,
        subject: null,
        text: expect.stringMatching(/soon\. https:/),
        html: null,
      },
      { channel: 'PUSH', recipient: 'IOS', subject, text: expect.stringContaining('/lessons/1') },
      { channel: 'TELEGRAM', recipient: '4711', subject, html: null },
    ]);
  });

  it('nobody is reached without an address or a device', async () => {
    const channels = open();
    for (const [name, reason] of [
      ['EMAIL', 'NO_ADDRESS'],
      ['SMS', 'NO_ADDRESS'],
      ['TELEGRAM', 'NO_ADDRESS'],
      ['PUSH', 'NO_DEVICE'],
    ] as const) {
      await expect(channels.get(name)?.send(message(), nowhere)).rejects.toMatchObject({
        code: 'DELIVERY_REFUSED',
        reason,
      });
    }
    expect(await kept()).toEqual([]);
  });

  it('a message that is delivered again is kept once', async () => {
    const sent = message();
    await open().get('EMAIL')?.send(sent, contact);
    await open().get('EMAIL')?.send(sent, contact);
    expect(await kept()).toHaveLength(1);
  });

  it('the newest 200 messages are kept', async () => {
    const long = Array.from({ length: 205 }, (_, index) => ({
      id: newId(),
      channel: 'SMS' as const,
      recipient: '+79991234567',
      text: `message ${index}`,
      createdAt: new Date(Date.now() - 1_000_000 + index),
    }));
    await em.fork().insertMany(DevelopmentMessage, long);
    await open().get('SMS')?.send(message(), contact);
    const texts = (await kept()).map(({ text }) => text);
    expect(texts).toHaveLength(200);
    expect([texts[0], texts.at(-1)]).toEqual(['message 6', 'Your lesson begins soon.']);
  });

  it('a channel with settings is used, and the others still go to the mailbox', async () => {
    const server = await new SmtpTestServer({ disabledCommands: ['STARTTLS'] }).listen();
    const channels = open({ SMTP_URL: `smtp://localhost:${server.port}`, MAIL_FROM });
    const sent = message();
    expect(await channels.get('EMAIL')?.send(sent, contact)).toEqual({ status: 'SENT' });
    await channels.get('SMS')?.send(message(), contact);
    expect(server.mails).toMatchObject([
      {
        from: { name: 'Tutorgraph', address: 'no-reply@tutorgraph.example' },
        to: [{ address: contact.email, name: '' }],
        subject: 'A lesson',
        messageId: `<${sent.deliveryId}@tutorgraph.example>`,
      },
    ]);
    expect(await kept()).toMatchObject([{ channel: 'SMS' }]);
    expect(channels.usesMailbox).toBe(true);
    await server.close();
  });
});

describe('in production', () => {
  it('nothing starts without a mail server', () => {
    expect(() => open({ NODE_ENV: 'production' })).toThrow(/^Set SMTP_URL and MAIL_FROM in production/);
  });

  it('a channel without settings is not there, and nothing is kept', () => {
    const channels = open({ NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example', MAIL_FROM });
    expect(outsideChannels.map((name) => channels.get(name) !== undefined)).toEqual([true, false, false, false]);
    expect(channels.usesMailbox).toBe(false);
  });

  it('text messages go to Twilio, which names them', async () => {
    const server = new TwilioTestServer();
    await server.listen();
    const settings = { NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example', MAIL_FROM, ...twilio };
    const channels = open({ ...settings, TWILIO_BASE_URL: server.url });
    const result = await channels.get('SMS')?.send(message(), contact);
    expect(result).toEqual({ status: 'SENT', providerMessageId: `SM${'0'.repeat(32)}` });
    expect(server.messages).toMatchObject([{ form: { To: contact.phone, Body: 'Your lesson begins soon.' } }]);
    await expect(channels.get('SMS')?.send(message(), nowhere)).rejects.toMatchObject({ reason: 'NO_ADDRESS' });
    await server.close();
  });
});

describe('settings', () => {
  it('that are half of a channel’s are refused', () => {
    expect(() => open({ SMTP_URL: 'smtps://mail.example' })).toThrow(/MAIL_FROM/);
    expect(() => open({ ...twilio, TWILIO_FROM: '' })).toThrow(/TWILIO_FROM/);
  });

  it.each([
    ['SMTP_URL', 'https://mail.example'],
    ['SMTP_URL', 'mail.example:25'],
    ['MAIL_FROM', 'Tutorgraph'],
    ['MAIL_FROM', 'Tutorgraph <no-reply@tutorgraph.example>\r\nBcc: <eve@mail.example>'],
    ['TWILIO_ACCOUNT_SID', 'SK123'],
    ['TWILIO_BASE_URL', 'api.twilio.com'],
  ])('that make no sense are refused: %s=%s', (key, value) => {
    expect(() => open({ [key]: value })).toThrow(new RegExp(`${key}: `));
  });

  it.each([
    ['no-reply@tutorgraph.example', ''],
    ['<no-reply@tutorgraph.example>', ''],
    ['"Tutors, Inc." <no-reply@tutorgraph.example>', 'Tutors, Inc.'],
  ])('may name the sender as %s', async (value, name) => {
    const server = await new SmtpTestServer({ disabledCommands: ['STARTTLS'] }).listen();
    const channels = open({ SMTP_URL: `smtp://localhost:${server.port}`, MAIL_FROM: value });
    await channels.get('EMAIL')?.send(message(), contact);
    expect(server.mails[0]?.from).toEqual({ name, address: 'no-reply@tutorgraph.example' });
    await server.close();
  });
});

describe('inside a database transaction', () => {
  it.each([
    ['a mail server', { SMTP_URL: 'smtp://localhost:1', MAIL_FROM }, 'EMAIL'],
    ['Twilio', twilio, 'SMS'],
    ['the development mailbox', {}, 'EMAIL'],
  ] as const)('%s is not waited for', async (_what, settings, name) => {
    const channel = open(settings).get(name);
    const sending = transaction(em, async () => channel?.send(message(), contact));
    await expect(sending).rejects.toThrow('inside a database transaction');
  });
});

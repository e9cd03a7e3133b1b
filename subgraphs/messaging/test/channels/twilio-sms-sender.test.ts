import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TwilioSmsSender } from '../../src/channels/sms/twilio-sms-sender.js';
import {
  breaks,
  drips,
  hangs,
  refuses,
  resets,
  type Treatment,
  TwilioTestServer,
  takes,
} from './twilio-test-server.js';

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token', from: '+15005550006' };
const sms = { to: '+79991234567', text: 'Ваш код: 1234' };
const server = new TwilioTestServer();

beforeAll(() => server.listen());
afterAll(() => server.close());

function senderTo(baseUrl: string, options: Partial<typeof account> & { budgetMs?: number } = {}): TwilioSmsSender {
  return new TwilioSmsSender({ ...account, baseUrl, ...options });
}

describe('a text message', () => {
  it('is handed to Twilio with the account, its number and the text', async () => {
    server.will(takes);
    expect(await senderTo(`${server.url}/`).send(sms)).toBe(`SM${'0'.repeat(32)}`);
    expect(server.messages).toEqual([
      {
        method: 'POST',
        path: `/2010-04-01/Accounts/${account.accountSid}/Messages.json`,
        login: `${account.accountSid}:token`,
        form: { To: '+79991234567', From: '+15005550006', Body: 'Ваш код: 1234' },
      },
    ]);
  });

  it('can be from a messaging service instead of a number', async () => {
    server.will(takes);
    await senderTo(server.url, { from: `MG${'2'.repeat(32)}` }).send(sms);
    expect(server.messages[0]?.form).toEqual({
      To: '+79991234567',
      MessagingServiceSid: `MG${'2'.repeat(32)}`,
      Body: 'Ваш код: 1234',
    });
  });

  it('to what is no number in E.164 is refused before Twilio is asked', async () => {
    server.will(takes);
    for (const to of ['89991234567', '+0123456789', '+7999123456\n7', 'whatsapp:+79991234567', '']) {
      await expect(senderTo(server.url).send({ ...sms, to })).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    }
    expect(server.messages).toEqual([]);
  });

  it.each<[string, Treatment, string, object]>([
    ['a number that cannot be (21211)', refuses(400, 21211), 'HARD_BOUNCE', { code: '21211', status: 400 }],
    ['somebody who wants none (21610)', refuses(400, 21610), 'BLOCKED_BY_USER', { code: '21610' }],
    ['a text that is none (21619)', refuses(400, 21619), 'REFUSED', { code: '21619' }],
    ['a sender that is not ours (21606)', refuses(400, 21606), 'UNAVAILABLE', { code: '21606' }],
    ['a wrong password (20003)', refuses(401, 20003), 'UNAVAILABLE', { code: '20003', status: 401 }],
    ['too many at once (20429)', refuses(429, 20429), 'UNAVAILABLE', { code: '20429', status: 429 }],
    ['a fault of Twilio', refuses(500, 20500), 'UNAVAILABLE', { status: 500 }],
    ['a fault of what stands before Twilio', breaks(502), 'UNAVAILABLE', { status: 502 }],
    ['a connection that breaks', resets, 'UNAVAILABLE', { status: 0 }],
    ['no answer', hangs, 'UNAVAILABLE', { code: 'TIMEOUT' }],
    ['an answer without end', drips, 'UNAVAILABLE', { code: 'TIMEOUT' }],
  ])('tells %s from other failures', async (_what, treatment, reason, cause) => {
    server.will(treatment);
    const sending = senderTo(server.url, { budgetMs: 300 }).send(sms);
    await expect(sending).rejects.toMatchObject({ name: 'DeliveryError', reason, cause });
    expect(server.messages).toHaveLength(1);
  });

  it('that nobody could take is taken when it is sent again', async () => {
    const sender = senderTo(server.url);
    server.will(refuses(503, 20503));
    await expect(sender.send(sms)).rejects.toMatchObject({ isTemporary: true });
    server.will(takes);
    await sender.send(sms);
    expect(server.messages).toHaveLength(1);
  });

  it('leaves no number and no text in what is logged, nor does the SDK print any', async () => {
    vi.stubEnv('TWILIO_LOG_LEVEL', 'debug');
    const printed = vi.spyOn(console, 'log').mockReturnValue();
    server.will(refuses(400, 21211));
    const error: unknown = await senderTo(server.url)
      .send(sms)
      .catch((thrown: unknown) => thrown);
    vi.unstubAllEnvs();
    expect(printed.mock.calls).toEqual([]);
    printed.mockRestore();
    const lines: string[] = [];
    const destination = { write: (line: string) => lines.push(line) };
    createLogger({ service: 'test', destination }).error({ err: error }, 'not sent');
    expect(lines[0]).toContain('21211');
    const { stack, cause } = error as Error;
    expect(`${lines.join()}${stack}${(cause as Error).stack}`).not.toMatch(/9991234567|1234|is wrong/);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TelegramChannel, telegramText } from '../../src/channels/telegram/telegram-channel.js';
import { breaks, drips, floods, HttpTestServer, hangs, resets, says, type Treatment } from './http-test-server.js';
import { contact, everythingOf, message, nowhere } from './sample-message.js';

const TOKEN = '123456789:AAsecretsecretsecretsecret';
const server = new HttpTestServer();
const takes = says(200, { ok: true, result: { message_id: 42, chat: { id: 4711 }, text: 'secret words' } });

beforeAll(() => server.listen());
beforeEach(() => server.clear());
afterAll(() => server.close());

function channel(budgetMs = 60_000): TelegramChannel {
  return new TelegramChannel({ token: TOKEN, apiUrl: `${server.url}/`, budgetMs });
}

function refusal(code: number, description: string, parameters?: object): Treatment {
  return says(code, { ok: false, error_code: code, description, parameters });
}

describe('a message of the bot', () => {
  it('arrives as text without markup, and says what Telegram calls it', async () => {
    server.will('/', takes);
    const sent = message({ body: '<b>Bold</b> *and* _not_', url: 'https://tutorgraph.example/bookings/1' });
    expect(await channel().send(sent, contact)).toEqual({ status: 'DELIVERED', providerMessageId: '42' });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', path: `/bot${TOKEN}/sendMessage` });
    expect(JSON.parse(String(request?.body))).toEqual({
      chat_id: '4711',
      text: 'A lesson\n\n<b>Bold</b> *and* _not_\n\nhttps://tutorgraph.example/bookings/1',
      link_preview_options: { is_disabled: true },
      disable_notification: false,
    });
  });

  it('makes no sound when it can wait', async () => {
    server.will('/', takes);
    await channel().send(message({ urgency: 'LOW' }), contact);
    expect(JSON.parse(String(server.requests[0]?.body))).toMatchObject({ disable_notification: true });
  });

  it('is cut to what Telegram takes, and keeps where it leads', () => {
    const text = telegramText(message({ body: 'слово '.repeat(2_000), url: 'https://tutorgraph.example/' }));
    expect(text).toHaveLength(4096);
    expect(text).toMatch(/^A lesson\n\nслово .*…\n\nhttps:\/\/tutorgraph\.example\/$/s);
  });

  it('goes to nobody who has not linked Telegram', async () => {
    await expect(channel().send(message(), nowhere)).rejects.toMatchObject({ reason: 'NO_ADDRESS' });
    expect(server.requests).toEqual([]);
  });
});

describe('a message that is not taken', () => {
  it.each<[string, Treatment, object]>([
    [
      'by whoever blocked the bot',
      refusal(403, 'Forbidden: bot was blocked by the user'),
      { reason: 'BLOCKED_BY_USER' },
    ],
    ['by an account that is no more', refusal(403, 'Forbidden: user is deactivated'), { reason: 'BLOCKED_BY_USER' }],
    ['by whoever never wrote to the bot', refusal(400, 'Bad Request: chat not found'), { reason: 'NO_ADDRESS' }],
    ['because of its text', refusal(400, 'Bad Request: message text is empty'), { reason: 'REFUSED' }],
    [
      'because there are too many',
      refusal(429, 'Too Many Requests: retry after 17', { retry_after: 17 }),
      { reason: 'UNAVAILABLE', retryAfterSeconds: 17 },
    ],
    [
      'because the token is wrong',
      refusal(401, 'Unauthorized'),
      { reason: 'UNAVAILABLE', message: expect.stringContaining('correct TELEGRAM_BOT_TOKEN') },
    ],
    ['by a fault of Telegram', refusal(500, 'Internal Server Error'), { reason: 'UNAVAILABLE' }],
    ['by what stands before Telegram', breaks(502), { reason: 'UNAVAILABLE' }],
    ['though the status says so', says(200, { ok: 'perhaps' }), { reason: 'UNAVAILABLE' }],
    ['because there is no answer', hangs, { reason: 'UNAVAILABLE', cause: { code: 'TIMEOUT' } }],
    ['because the answer never ends', drips, { reason: 'UNAVAILABLE', cause: { code: 'TIMEOUT' } }],
    ['because the answer is too long', floods, { reason: 'UNAVAILABLE' }],
    ['because the connection breaks', resets, { reason: 'UNAVAILABLE' }],
  ])('%s says whether to try again, and nothing that is secret', async (_what, treatment, expected) => {
    server.will('/', treatment);
    const error: unknown = await channel(1_500)
      .send(message({ body: 'private words' }), contact)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'DeliveryError', ...expected });
    expect(everythingOf(error)).not.toMatch(/4711|private|AAsecret|secret words/);
    expect(server.requests).toHaveLength(1);
  });
});

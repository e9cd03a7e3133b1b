import { describe, expect, it } from 'vitest';
import { readAccountsEnvironment, telegramBot } from './environment.js';
import { TELEGRAM_PUBLIC_KEY } from './telegram/init-data.rules.js';

const SECRET_KEY = 'a secret that only tests know, long enough';
const TOKEN = '7000000001:AAF-a-token-that-only-tests-know_00';

function botOf(settings: Record<string, string>) {
  return telegramBot(readAccountsEnvironment({ SECRET_KEY, ...settings }));
}

describe("the bot's settings", () => {
  it('may be left out', () => {
    expect(botOf({})).toBeUndefined();
    expect(botOf({ TELEGRAM_BOT_TOKEN: '', TELEGRAM_BOT_ID: '' })).toBeUndefined();
  });

  it('take a token, a number, or both of one bot', () => {
    expect(botOf({ TELEGRAM_BOT_TOKEN: TOKEN })).toEqual({ token: TOKEN, publicKey: TELEGRAM_PUBLIC_KEY });
    expect(botOf({ TELEGRAM_BOT_ID: '7000000001' })).toEqual({ id: '7000000001', publicKey: TELEGRAM_PUBLIC_KEY });
    expect(botOf({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_BOT_ID: '7000000001' })?.id).toBe('7000000001');
  });

  it.each([
    [
      'a token and a number of two bots',
      { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_BOT_ID: '700000000' },
      'TELEGRAM_BOT_ID',
    ],
    ['a token that is none', { TELEGRAM_BOT_TOKEN: 'secret' }, 'TELEGRAM_BOT_TOKEN'],
    ['a number that is none', { TELEGRAM_BOT_ID: '@bot' }, 'TELEGRAM_BOT_ID'],
    ['a key that is none', { TELEGRAM_PUBLIC_KEY: 'abc' }, 'TELEGRAM_PUBLIC_KEY'],
  ])('refuse %s and name the setting', (_what, settings, name) => {
    expect(() => botOf(settings)).toThrow(name);
  });
});

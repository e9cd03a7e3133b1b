import { isValid, sign } from '@telegram-apps/init-data-node';
import { describe, expect, it } from 'vitest';
import { readInitData, TELEGRAM_PUBLIC_KEY, type TelegramBot } from '../src/telegram/init-data.rules.js';
import { BOT_ID, BOT_TOKEN, initData, newTelegramUser, PUBLIC_KEY } from './telegram-init-data.js';

const now = new Date('2026-11-21T12:00:00Z');
const HOUR_MS = 60 * 60 * 1000;
const ago = (ms: number) => new Date(now.getTime() - ms);
const user = newTelegramUser();
const byToken: TelegramBot = { token: BOT_TOKEN, publicKey: PUBLIC_KEY };
const byId: TelegramBot = { id: BOT_ID, publicKey: PUBLIC_KEY };
const byBoth: TelegramBot = { token: BOT_TOKEN, id: BOT_ID, publicKey: PUBLIC_KEY };
const bots = [
  ['a token', byToken],
  ['a number', byId],
  ['both', byBoth],
] as const;

/** From the documentation of Telegram Mini Apps: signed by Telegram itself for a bot that is gone. */
const SIGNED_BY_TELEGRAM =
  'user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6';

function verdict(raw: string, bot: TelegramBot, at = now): string {
  try {
    readInitData(raw, bot, at);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function changed(raw: string, change: (parameters: URLSearchParams) => void): string {
  const parameters = new URLSearchParams(raw);
  change(parameters);
  return parameters.toString();
}

describe('init data of Telegram', () => {
  it.each(bots)('is read by a bot that is known by %s', (_by, bot) => {
    const data = readInitData(initData({ user, authDate: now }), bot, now);
    expect(data.person).toMatchObject(user);
    expect(data.expiresAt).toEqual(new Date(now.getTime() + 24 * HOUR_MS));
  });

  it('is read as Telegram itself signed it', () => {
    const bot = { id: '7342037359', publicKey: TELEGRAM_PUBLIC_KEY };
    expect(verdict(SIGNED_BY_TELEGRAM, bot, new Date(1_733_584_787_000))).toBe('accepted');
    expect(verdict(SIGNED_BY_TELEGRAM, { ...bot, id: '7342037358' }, new Date(1_733_584_787_000))).toBe(
      'TELEGRAM_INVALID',
    );
    expect(verdict(SIGNED_BY_TELEGRAM, bot)).toBe('TELEGRAM_EXPIRED');
  });

  it('is what the library of Telegram Mini Apps signs and accepts', () => {
    const signed = sign({ user: { ...user, first_name: 'Anna' }, query_id: 'q' }, BOT_TOKEN, now);
    expect(readInitData(signed, byToken, now).person).toMatchObject({ id: user.id, first_name: 'Anna' });
    expect(isValid(initData({ user, authDate: now }), BOT_TOKEN, { expiresIn: 0 })).toBe(true);
  });

  it('needs no signature where the token proves it, as from old clients', () => {
    const raw = initData({ user, authDate: now }, { signature: false });
    expect(bots.map(([, bot]) => verdict(raw, bot))).toEqual(['accepted', 'TELEGRAM_INVALID', 'accepted']);
  });

  it('must hold in both forms where both are there', () => {
    const stranger = initData({ user, authDate: now }, { botId: '7000000002' });
    expect(bots.map(([, bot]) => verdict(stranger, bot))).toEqual(['accepted', 'TELEGRAM_INVALID', 'TELEGRAM_INVALID']);
    const other = initData({ user, authDate: now }, { token: `${BOT_ID}:another-token-of-the-same-bot` });
    expect(bots.map(([, bot]) => verdict(other, bot))).toEqual(['TELEGRAM_INVALID', 'accepted', 'TELEGRAM_INVALID']);
  });

  it.each([
    ['another person', (it: URLSearchParams) => it.set('user', JSON.stringify({ ...user, id: 1 }))],
    ['another time', (it: URLSearchParams) => it.set('auth_date', String(now.getTime() / 1000 - 1))],
    ['one parameter more', (it: URLSearchParams) => it.append('start_param', 'x')],
    ['one parameter less', (it: URLSearchParams) => it.delete('query_id')],
    ['a person twice, the true one first', (it: URLSearchParams) => it.append('user', JSON.stringify({ id: 1 }))],
    [
      'a person twice, the true one last',
      (it: URLSearchParams) => {
        const own = it.get('user') ?? '';
        it.set('user', JSON.stringify({ id: 1 }));
        it.append('user', own);
      },
    ],
    ['the same parameter twice', (it: URLSearchParams) => it.append('query_id', it.get('query_id') ?? '')],
    ['two parameters that pass for one', (it: URLSearchParams) => join(it, 'auth_date', 'query_id')],
    ['neither hash nor signature', (it: URLSearchParams) => [it.delete('hash'), it.delete('signature')]],
    ['an empty hash and an empty signature', (it: URLSearchParams) => [it.set('hash', ''), it.set('signature', '')]],
    [
      'a hash of zeroes',
      (it: URLSearchParams) => [it.set('hash', '0'.repeat(64)), it.set('signature', 'A'.repeat(86))],
    ],
  ])('is refused with %s', (_what, change) => {
    const raw = changed(initData({ user, authDate: now }), change);
    expect(new Set(bots.map(([, bot]) => verdict(raw, bot)))).toEqual(new Set(['TELEGRAM_INVALID']));
  });

  it('is the same however it is written down', () => {
    const raw = initData({ user, authDate: now });
    const reversed = new URLSearchParams([...new URLSearchParams(raw)].reverse()).toString();
    const encoded = raw.replaceAll('%22', '%2' + '2').replace('query_id', '%71uery_id');
    const digests = [raw, reversed, encoded].map((text) => readInitData(text, byToken, now).digest);
    expect(new Set(digests).size).toBe(1);
  });

  it('is the same with another of its parts that nobody vouches for', () => {
    const raw = initData({ user, authDate: now });
    const withoutHash = changed(raw, (it) => it.set('hash', 'f'.repeat(64)));
    expect(readInitData(withoutHash, byId, now).digest).toBe(readInitData(raw, byId, now).digest);
    const other = initData({ user, authDate: ago(1_000) });
    expect(readInitData(other, byId, now).digest).not.toBe(readInitData(raw, byId, now).digest);
  });

  it.each([
    ['24 hours ago', ago(24 * HOUR_MS), 'accepted'],
    ['a second more than 24 hours ago', ago(24 * HOUR_MS + 1_000), 'TELEGRAM_EXPIRED'],
    ['in a minute', ago(-60_000), 'accepted'],
    ['in more than a minute', ago(-61_000), 'TELEGRAM_INVALID'],
  ])('that was given out %s is judged by our clock', (_when, authDate, expected) => {
    expect(bots.map(([, bot]) => verdict(initData({ user, authDate }), bot))).toEqual([expected, expected, expected]);
  });

  it.each([
    ['no time', changed(initData({ user, more: { auth_date: '' } }), () => {})],
    ['a time that is none', initData({ user, more: { auth_date: '1e9' } })],
    ['nobody', initData({ authDate: now })],
    ['a bot', initData({ user: { ...user, is_bot: true }, authDate: now })],
    ['a person without a number', initData({ authDate: now, more: { user: '{"first_name":"Anna"}' } })],
    ['a number beyond all numbers', initData({ authDate: now, more: { user: '{"id":9007199254740993}' } })],
    ['a person that is no JSON', initData({ authDate: now, more: { user: '{' } })],
    ['nothing', ''],
    ['too much', initData({ user, authDate: now, more: { start_param: 'x'.repeat(4_096) } })],
    ['a bare word', 'initData'],
  ])('is refused with %s, signed or not', (_what, raw) => {
    expect(new Set(bots.map(([, bot]) => verdict(raw, bot)))).toEqual(new Set(['TELEGRAM_INVALID']));
  });
});

/** Hides the second parameter in the first: the signed text stays the same. */
function join(parameters: URLSearchParams, first: string, second: string): void {
  parameters.set(first, `${parameters.get(first)}\n${second}=${parameters.get(second)}`);
  parameters.delete(second);
}

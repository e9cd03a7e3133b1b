import { createHash, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { signData } from '@telegram-apps/init-data-node';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { AccountErrorCode } from '../users/user.types.js';

/** Longest init data that is looked at, in characters; Telegram's own has about 600. */
const LONGEST_INIT_DATA = 4_096;
/** How long init data is good. */
const INIT_DATA_LIFE_MS = 24 * 60 * 60 * 1000;
/** How far Telegram's clock may be before ours. */
const CLOCK_TOLERANCE_MS = 60_000;
const PARAMETER_NAME = /^[a-z][a-z0-9_]{0,63}$/;
/** 64 bytes in base64url, as Telegram writes it. */
const SIGNATURE = /^[\w-]{86}(==)?$/;

/** Telegram's key for bots of its production environment: https://core.telegram.org/bots/webapps */
export const TELEGRAM_PUBLIC_KEY = 'e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d';

/**
 * The bot whose Mini App people open. With `token` the hash must hold; with `id` the signature of Telegram must hold: it
 * must be there when there is no token, and may be missing (as from old clients) when there is one.
 */
export interface TelegramBot {
  token?: string | undefined;
  id?: string | undefined;
  /** Ed25519, raw, in hexadecimal. */
  publicKey: string;
}

const person = z.object({
  id: z.int().positive(),
  is_bot: z.boolean().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  username: z.string().nullish(),
  language_code: z.string().nullish(),
  photo_url: z.string().nullish(),
});

/** Somebody as Telegram describes them. */
export type TelegramPerson = z.infer<typeof person>;

/** What Telegram vouches for. */
export interface InitData {
  person: TelegramPerson;
  /** The same for the same content, however it is written down. */
  digest: string;
  expiresAt: Date;
}

/**
 * Reads what a Mini App was opened with, believing nothing before its signatures have been checked.
 *
 * @throws Refusal TELEGRAM_INVALID, or TELEGRAM_EXPIRED when Telegram did sign it
 */
export function readInitData(raw: string, bot: TelegramBot, now: Date): InitData {
  const parameters = parse(raw);
  if (!isGenuine(parameters, bot)) throw invalid();
  const authDate = parameters.get('auth_date') ?? '';
  if (!/^\d{1,11}$/.test(authDate)) throw invalid();
  const issuedAt = Number(authDate) * 1000;
  if (issuedAt > now.getTime() + CLOCK_TOLERANCE_MS) throw invalid();
  const expiresAt = new Date(issuedAt + INIT_DATA_LIFE_MS);
  if (expiresAt < now) throw new Refusal<AccountErrorCode>('TELEGRAM_EXPIRED', ['input', 'initData']);
  const digest = createHash('sha256')
    .update(checkString(parameters, ['hash', 'signature']))
    .digest('base64url');
  return { person: readPerson(parameters.get('user')), digest, expiresAt };
}

/** Only what can be read in one way: a name given twice, or a line break in a value, could pass for something else. */
function parse(raw: string): ReadonlyMap<string, string> {
  if (raw.length > LONGEST_INIT_DATA) throw invalid();
  const entries = [...new URLSearchParams(raw)];
  const isUnclear = ([name, value]: [string, string]) => !PARAMETER_NAME.test(name) || value.includes('\n');
  const parameters = new Map(entries);
  if (parameters.size !== entries.length || entries.some(isUnclear)) throw invalid();
  return parameters;
}

function isGenuine(parameters: ReadonlyMap<string, string>, bot: TelegramBot): boolean {
  if (bot.token && !hashHolds(parameters, bot.token)) return false;
  if (bot.id && (!bot.token || parameters.has('signature'))) return signatureHolds(parameters, bot.id, bot.publicKey);
  return Boolean(bot.token);
}

function hashHolds(parameters: ReadonlyMap<string, string>, token: string): boolean {
  const expected = Buffer.from(signData(checkString(parameters, ['hash']), token));
  const given = Buffer.from(parameters.get('hash') ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** By hand, because the library takes no other key than Telegram's own two. */
function signatureHolds(parameters: ReadonlyMap<string, string>, botId: string, publicKey: string): boolean {
  const signature = parameters.get('signature') ?? '';
  if (!SIGNATURE.test(signature)) return false;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  const signed = `${botId}:WebAppData\n${checkString(parameters, ['hash', 'signature'])}`;
  return verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'));
}

function checkString(parameters: ReadonlyMap<string, string>, without: readonly string[]): string {
  return [...parameters]
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
}

function readPerson(json: string | undefined): TelegramPerson {
  const parsed = person.safeParse(tryJson(json ?? ''));
  if (!parsed.success || parsed.data.is_bot) throw invalid();
  return parsed.data;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(): Refusal<AccountErrorCode> {
  return new Refusal('TELEGRAM_INVALID', ['input', 'initData']);
}

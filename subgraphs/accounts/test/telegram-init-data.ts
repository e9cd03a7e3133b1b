import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

const keys = generateKeyPairSync('ed25519');

/** The bot of the tests. */
export const BOT_ID = '7000000001';
export const BOT_TOKEN = `${BOT_ID}:AAF-a-token-that-only-tests-know_00`;
/** What stands for Telegram's own key in the tests. */
export const PUBLIC_KEY = Buffer.from(String(keys.publicKey.export({ format: 'jwk' }).x), 'base64url').toString('hex');

/** Somebody on Telegram, as the Mini App's init data names them. */
export interface TelegramUser {
  id: number;
  first_name?: string;
  last_name?: string;
  username?: string;
  language_code?: string;
  photo_url?: string;
  is_bot?: boolean;
}

/** What Telegram would hand to a Mini App, before it is signed. */
export interface UnsignedInitData {
  user?: TelegramUser | undefined;
  authDate?: Date;
  /** Parameters besides. */
  more?: Readonly<Record<string, string>>;
}

let count = 0;

/** Somebody whom no other test knows. */
export function newTelegramUser(traits: Partial<TelegramUser> = {}): TelegramUser {
  count += 1;
  return { id: 9_000_000_000 + process.pid * 1_000 + count, first_name: 'Анна', last_name: 'Каренина', ...traits };
}

/**
 * Init data as Telegram signs it: the Ed25519 signature over everything, then the HMAC over everything and the signature.
 *
 * @param options `signature: false` as from old clients; `token`, `botId`: another bot's
 */
export function initData(
  { user, authDate = new Date(), more = {} }: UnsignedInitData,
  options: { token?: string; botId?: string; signature?: boolean } = {},
): string {
  const { token = BOT_TOKEN, botId = BOT_ID, signature = true } = options;
  const parameters = new URLSearchParams({
    query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
    ...(user && { user: JSON.stringify(user) }),
    auth_date: String(Math.floor(authDate.getTime() / 1000)),
    ...more,
  });
  if (signature) parameters.append('signature', ed25519(botId, checkString(parameters)));
  parameters.append('hash', hmac(token, checkString(parameters)));
  return parameters.toString();
}

function checkString(parameters: URLSearchParams): string {
  return [...parameters]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
}

function hmac(token: string, text: string): string {
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  return createHmac('sha256', key).update(text).digest('hex');
}

function ed25519(botId: string, text: string): string {
  return sign(null, Buffer.from(`${botId}:WebAppData\n${text}`), keys.privateKey).toString('base64url');
}

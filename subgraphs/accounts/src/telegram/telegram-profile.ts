import { locales } from '@tutorgraph/kit/messages/languages';
import type { TelegramPerson } from './init-data.rules.js';

const LONGEST_NAME = 100;
const LONGEST_URL = 1_000;
/** What the database takes: users_username_check. */
const USERNAME = /^[a-z][a-z0-9_.]{2,31}$/;
const TELEGRAM_USERNAME = /^[A-Za-z0-9_]{1,64}$/;

/** What an account keeps of a person on Telegram, renewed at each sign-in. */
export interface TelegramTraits {
  telegramUsername: string | null;
  telegramPhotoUrl: string | null;
}

/** What a new account takes from Telegram besides. */
export interface TelegramProfile extends TelegramTraits {
  telegramId: string;
  firstName: string;
  lastName: string;
  /** Null when it does not fit ours. */
  username: string | null;
  /** Undefined when we do not speak the person's language. */
  locale: string | undefined;
}

/** Name and picture on Telegram, as far as they are what they should be. */
export function traitsOf({ username, photo_url: photo }: TelegramPerson): TelegramTraits {
  return {
    telegramUsername: username && TELEGRAM_USERNAME.test(username) ? username : null,
    telegramPhotoUrl: secureUrl(photo),
  };
}

/** A profile for somebody who is here for the first time. */
export function profileOf(person: TelegramPerson): TelegramProfile {
  const username = person.username?.toLowerCase() ?? '';
  const language = person.language_code?.slice(0, 2).toLowerCase();
  return {
    ...traitsOf(person),
    telegramId: String(person.id),
    firstName: nameFrom(person.first_name) || nameFrom(person.username) || 'Telegram',
    lastName: nameFrom(person.last_name),
    username: USERNAME.test(username) ? username : null,
    locale: locales.find((locale) => locale === language),
  };
}

function nameFrom(text: string | null | undefined): string {
  // Nothing that would break a line or turn the text around it.
  const plain = (text ?? '').replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]+/gu, ' ').trim();
  // By characters, so that none is cut in half.
  return [...plain].slice(0, LONGEST_NAME).join('').trim();
}

function secureUrl(text: string | null | undefined): string | null {
  const url = text ? URL.parse(text) : null;
  return url?.protocol === 'https:' && url.href.length <= LONGEST_URL ? url.href : null;
}

import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { Name } from './names.js';

/**
 * What the texts of a notification are filled with. They are kept and written out only when somebody reads them, in the
 * reader's language and zone, so that some keys have a meaning:
 *
 * - `<name>At`: an ISO 8601 moment; gives `{{<name>At}}`, `{{<name>AtDay}}` and `{{<name>AtTime}}`;
 * - `<name>Minor` beside `currency`: money; gives `{{<name>}}`;
 * - `<name>:<language>`: words in that language; gives `{{<name>}}`;
 * - `<name>Key`: the key of a message; gives `{{<name>}}`;
 * - `<name>Name`: somebody's name, empty for a deleted account; gives `{{<name>Name}}`; beside it is `<name>Id`, whose it is
 *   (see `named`);
 * - `count` chooses plural forms and `context` one of several texts, as in i18next.
 */
export interface Values {
  readonly [name: string]: string | number;
  readonly [name: `${string}Name`]: Name;
}

/** Values as they were kept. */
export type KeptValues = Readonly<Record<string, string | number>>;

/** What something is called, by language, as values have it. */
export type SubjectWords = Readonly<Record<`subject:${string}`, string>>;

/** Who reads. */
export interface Reader {
  locale: string;
  /** An IANA name, such as `Europe/Riga`. */
  timeZone: string;
}

type Written = [string, string | number];

const DATE_STYLES = {
  At: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  AtDay: { weekday: 'long', day: 'numeric', month: 'long' },
  AtTime: { hour: '2-digit', minute: '2-digit' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Values as one reader is shown them. */
export function writeOut(values: KeptValues, reader: Reader, messages: Messages): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).flatMap((entry) => written(entry, values, reader, messages)));
}

function written([key, value]: Written, values: KeptValues, reader: Reader, messages: Messages): Written[] {
  // What a sender's program keeps with a message is not for readers.
  if (key.includes('.')) return [];
  const [name = '', language] = key.split(':');
  if (language) return isWordFor(reader.locale, name, language, values) ? [[name, value]] : [];
  if (typeof value === 'string' && key.endsWith('At')) return momentWritten(key.slice(0, -2), value, reader);
  if (typeof value === 'number' && key.endsWith('Minor')) {
    return [[key.slice(0, -'Minor'.length), moneyWritten(value, String(values['currency'] ?? ''), reader.locale)]];
  }
  if (typeof value === 'string' && key.endsWith('Key')) return [[key.slice(0, -3), messages(reader.locale, value)]];
  if (value === '' && key.endsWith('Name')) return [[key, messages(reader.locale, 'notification.nobody')]];
  return [[key, value]];
}

/** English stands in for a language in which there are no words. */
function isWordFor(locale: string, name: string, language: string, values: KeptValues): boolean {
  return language === locale || (language === 'en' && !(`${name}:${locale}` in values));
}

function momentWritten(name: string, value: string, { locale, timeZone }: Reader): Written[] {
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return [[`${name}At`, value]];
  return Object.entries(DATE_STYLES).map(([style, options]) => {
    const key = `${locale} ${timeZone} ${style}`;
    const format = formats.get(key) ?? dateFormat(locale, timeZone, style, options);
    formats.set(key, format);
    return [name + style, format.format(moment)];
  });
}

/** Who has set no zone is told which one is meant. */
function dateFormat(
  locale: string,
  timeZone: string,
  style: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const zone: Intl.DateTimeFormatOptions = timeZone === 'UTC' && style !== 'AtDay' ? { timeZoneName: 'short' } : {};
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, ...zone, timeZone });
}

/** Whole amounts without their zeros. */
function moneyWritten(amountMinor: number, currency: string, locale: string): string {
  if (!currency) return String(amountMinor);
  const style = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const;
  const format = new Intl.NumberFormat(locale, style);
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

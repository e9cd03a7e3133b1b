import type { Finding } from '../finding.js';
import { EDGE, plain } from './folding.js';
import { dictatedDigits } from './spelled-numbers.js';

/** Ways to reach somebody past the platform that a text names. */
export function findContacts(text: string, field: string): Finding[] {
  const clean = plain(text);
  const found: Record<string, number> = {
    'contacts/phone': phone(clean),
    'contacts/email': email(clean),
    'contacts/messenger': messenger(clean),
    'contacts/link': link(clean),
  };
  return Object.entries(found)
    .filter(([, confidence]) => confidence > 0)
    .map(([category, confidence]) => ({ category, confidence, field }));
}

const strongest = (values: Iterable<number>): number => Math.max(0, ...values);

/** Figures that are no telephone numbers: dates, spans of years, times, scores. */
const OTHER_FIGURES = [
  /(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)/g,
  /(?<!\d)\d{1,2}:\d{2}(?!\d)/g,
  /(?<!\d)(?:19|20)\d{2}(?:\s*[-–—/]\s*(?:19|20)?\d{2})?(?![\d-])/g,
  /(?<=^|\s)\d{1,3}[.,]\d{1,2}%?(?=[\s;!?]|[.,](?:\s|$)|$)/g,
];
/** Ten to fifteen figures, some of them as letters that look like them, with little between. */
const PHONE = /(?<![\p{L}\p{N}])\+?\s?(?:[\doоззlбi]|\(\d)(?:[\s().\-–—_/*•·]{0,3}[\doозlбi]){6,14}(?![\p{L}\p{N}])/gu;
const LOOK_ALIKE: Readonly<Record<string, string>> = { o: '0', о: '0', з: '3', l: '1', i: '1', б: '6' };
const CALL = new RegExp(
  `${EDGE.before}(?:тел|телефон|номер|моб|звони|позвони|whats|ватс|вотс|вайбер|viber|phone|number|call|text me|mobile|tel)[^!?\\n]{0,25}$`,
  'u',
);

function phone(text: string): number {
  const rest = OTHER_FIGURES.reduce((left, pattern) => left.replace(pattern, '¦'), text);
  const written = [...rest.matchAll(PHONE)].map((match) => {
    const [found] = match;
    const real = found.replace(/\D/g, '').length;
    const digits = Array.from(found, (sign) => LOOK_ALIKE[sign] ?? sign)
      .join('')
      .replace(/\D/g, '');
    if (real < digits.length - 3) return 0;
    return phoneConfidence(digits, found, CALL.test(rest.slice(0, match.index)));
  });
  const spoken = dictatedDigits(text).map((digits) =>
    digits.length >= 10 && digits.length <= 15 ? 0.9 : digits.length >= 7 ? 0.6 : 0,
  );
  return strongest([...written, ...spoken]);
}

function phoneConfidence(digits: string, written: string, asked: boolean): number {
  const { length } = digits;
  if (length > 15) return 0;
  const groups = written
    .trim()
    .split(/[\s.\-–—_/*•·()]+/)
    .filter(Boolean);
  // A row of single figures or of round thousands is a count, unless it is as long as a Russian number.
  const russian = /^(?:[78]\d{10}|9\d{9})$/.test(digits);
  if (written.trim().startsWith('+') && length >= 8) return 0.95;
  if (russian) return 0.95;
  if (asked && length >= 7) return 0.9;
  if (length >= 10)
    return groups.length > 1 && groups.every((group) => group.length === 3 || group.length === 1) ? 0.4 : 0.7;
  return length === 7 && /\d{3}[-–—\s]\d{2}[-–—\s]\d{2}/.test(written) ? 0.5 : 0;
}

const MAIL_HOSTS =
  'gmail|гмейл|гмаил|джимейл|яндекс|yandex|ya|mail|мейл|мэйл|маил|рамблер|rambler|bk|inbox|list|outlook|hotmail|icloud|yahoo|protonmail';
const EMAILS: readonly (readonly [RegExp, number])[] = [
  [/[\p{L}\p{N}._+-]\s?@\s?[\p{L}\p{N}-]{1,63}\s?\.\s?\p{L}{2,}/u, 0.95],
  [
    new RegExp(
      `[\\p{L}\\p{N}._+-]{2}\\s{0,3}[[({<-]?\\s{0,3}${EDGE.before}(?:at|эт|собака|собачка|sobaka|dog)${EDGE.after}\\s*[\\])}>-]?\\s*[\\p{L}\\p{N}-]{2,63}\\s*[[({<]?\\s*(?:\\.|${EDGE.before}(?:dot|точка|тчк)${EDGE.after})\\s*[\\])}>]?\\s*(?:ru|ру|com|ком|net|org|io|рф|su|by|kz|ua)${EDGE.after}`,
      'u',
    ),
    0.95,
  ],
  [new RegExp(`${EDGE.before}(?:собака|собачка|sobaka|at)\\s+(?:${MAIL_HOSTS})${EDGE.after}`, 'u'), 0.9],
  [new RegExp(`${EDGE.before}(?:${MAIL_HOSTS})\\s?(?:\\.|точка|dot)\\s?(?:ru|ру|com|ком)${EDGE.after}`, 'u'), 0.9],
  [new RegExp(`${EDGE.before}(?:gmail|гмейл|гмаил|джимейл)${EDGE.after}`, 'u'), 0.5],
];

function email(text: string): number {
  return strongest(EMAILS.filter(([pattern]) => pattern.test(text)).map(([, confidence]) => confidence));
}

const MESSENGER =
  '(?:telegram|телеграмм?\\p{L}{0,2}|телег(?:а|у|е|ой)|тг|tg|whats\\s?app|вотс\\s?ап\\p{L}{0,3}|ватс\\s?ап+\\p{L}{0,3}|вацап\\p{L}{0,2}|viber|вайбер\\p{L}{0,2}|skype|скайп\\p{L}{0,2}|discord|дискорд\\p{L}{0,2}|инст(?:а|у|е|ой)|инстаграм+\\p{L}{0,2}|instagram|insta|vk|вк|вконтакте|wechat|facebook|фейсбук\\p{L}{0,2}|messenger)';
const ASK_RU =
  '(?:пиш(?:и|ите)|напиш(?:и|ите)|звони(?:те)?|позвони(?:те)?|найд(?:и|ите|ете)|ищи(?:те)?|добавляй(?:ся|тесь)?|добав(?:ь|ьте)|свяжитесь|связаться|стучи(?:те|тесь)?|отвечу|отвечаю)';
const ASK_EN = '(?:write|text|message|call|contact|add|find|reach|dm|ping)\\s+(?:to\\s+)?(?:me|us|him|her)';
const NAME = '[a-z][\\w.]{3,31}';
/** What begins with @ in programs, and nobody is called. */
const ANNOTATION =
  /^@(?:override|property|media|component|param|return|returns|test|import|autowired|bean|entity|service|controller|dataclass|staticmethod|classmethod|decorator|suppresswarnings|deprecated|everyone|here)$/;

const MESSENGERS: readonly (readonly [RegExp, number])[] = [
  [/(?<![\p{L}\p{N}])(?:t|т)\s?\.\s?(?:me|ме)\s?\/|telegram\.me|wa\.me|join\.skype/u, 0.95],
  [
    new RegExp(
      `${EDGE.before}${MESSENGER}\\s*(?:ник|логин|login|id|username|user)?\\s*(?:[:=—–-]|@)+\\s*(?:live:)?@?${NAME}`,
      'u',
    ),
    0.9,
  ],
  [
    new RegExp(
      `${EDGE.before}${MESSENGER}[^.!?\\n]{0,15}${EDGE.before}(?:ник|логин|login|username|nick)${EDGE.after}`,
      'u',
    ),
    0.85,
  ],
  [new RegExp(`${EDGE.before}${MESSENGER}\\s+(?=[\\w.]*[\\d_])${NAME}`, 'u'), 0.9],
  [new RegExp(`${EDGE.before}${ASK_RU}${EDGE.after}[^.!?\\n]{0,40}${EDGE.before}${MESSENGER}${EDGE.after}`, 'u'), 0.85],
  [new RegExp(`${EDGE.before}${MESSENGER}${EDGE.after}[^.!?\\n]{0,20}${EDGE.before}${ASK_RU}${EDGE.after}`, 'u'), 0.85],
  [new RegExp(`${EDGE.before}${ASK_EN}${EDGE.after}[^.!?\\n]{0,30}${EDGE.before}${MESSENGER}${EDGE.after}`, 'u'), 0.85],
  [new RegExp(`${EDGE.before}(?:мой|моя|мое|my|есть)\\s+${MESSENGER}${EDGE.after}`, 'u'), 0.6],
];
const HANDLE = /(?<![\p{L}\p{N}.])@[a-z]\w{3,31}/gu;

function messenger(text: string): number {
  const named = MESSENGERS.filter(([pattern]) => pattern.test(text)).map(([, confidence]) => confidence);
  const handles = [...text.matchAll(HANDLE)].map(([handle]) => (ANNOTATION.test(handle) ? 0 : 0.9));
  return strongest([...named, ...handles]);
}

const SURE_DOMAINS = 'com|ru|net|org|рф|su|by|kz|ua|co\\.uk|edu|xyz|info|biz';
const LINKS: readonly (readonly [RegExp, number])[] = [
  [/https?\s?:\s?\/\s?\/|(?<![\p{L}\p{N}])www\s?\.\s?[\p{L}\p{N}]/u, 0.95],
  [
    new RegExp(
      `${EDGE.before}(?!asp\\.net|ado\\.net|vb\\.net)[\\p{L}\\p{N}-]{2,63}\\.(?:${SURE_DOMAINS})${EDGE.after}`,
      'u',
    ),
    0.85,
  ],
  [new RegExp(`${EDGE.before}[\\p{L}\\p{N}-]{2,63}\\.[a-z]{2,10}\\/[\\p{L}\\p{N}]`, 'u'), 0.85],
  [
    new RegExp(
      `[\\p{L}\\p{N}-]{2}\\s{0,3}(?:\\((?:dot|точка)\\)|\\[(?:dot|точка)\\]|${EDGE.before}(?:dot|точка)${EDGE.after})\\s*(?:com|ком|ru|ру|net|org|рф)${EDGE.after}`,
      'u',
    ),
    0.85,
  ],
];

function link(text: string): number {
  return strongest(LINKS.filter(([pattern]) => pattern.test(text)).map(([, confidence]) => confidence));
}

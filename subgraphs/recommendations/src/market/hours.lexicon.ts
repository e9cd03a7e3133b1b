/** A time of day as it was written: which half of the day is meant may still be open. */
export interface Clock {
  /** Hours since midnight; 17.5 is half past five. */
  hour: number;
  /** Was it written so that it can only be a time: with minutes, or with the half of the day? */
  isExact: boolean;
  /** Is `hour` of 24, so that nothing is to be guessed? */
  isSure: boolean;
}

/** What a word or a sign means where somebody says when they have time. */
export type Token =
  /** Days, 0 is Monday; `isGroup` when they were named together, such as a weekend. */
  | { kind: 'days'; days: readonly number[]; isGroup: boolean }
  /** A part of the day, in hours. */
  | { kind: 'part'; from: number; to: number }
  | { kind: 'clock'; clock: Clock }
  | { kind: 'after' | 'before' | 'between' | 'at' | 'link' | 'and' | 'not' | 'comma' | 'word' };

/** The first and last hours at which lessons are thought of where only a day is named. */
export const WAKING = { from: 8, to: 22 } as const;

const WEEKDAYS = [0, 1, 2, 3, 4];
const WEEKEND = [5, 6];
const EVERY_DAY = [...WEEKDAYS, ...WEEKEND];

const NUMBERS: readonly (readonly [string, number])[] = [
  ['час|часа|one', 1],
  ['два|двух|two', 2],
  ['три|трех|three', 3],
  ['четыре|четырех|four', 4],
  ['пять|пяти|five', 5],
  ['шесть|шести|six', 6],
  ['семь|семи|seven', 7],
  ['восемь|восьми|eight', 8],
  ['девять|девяти|nine', 9],
  ['десять|десяти|ten', 10],
  ['одиннадцать|одиннадцати|eleven', 11],
  ['двенадцать|двенадцати|twelve|noon|midday|полдень|полудня', 12],
];
const COUNTED = '(?:\\d+|два|две|три|четыре|пять|шесть|one|two|three|four|five|six)';

/** Phrases of several words, and what stands for them. Capitals are ours: the text is in lower case. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b([ap])\.\s?m\b\.?/g, '$1m'],
  // How often is not when.
  [
    new RegExp(
      `${COUNTED}(?:\\s?(?:-|или|or)\\s?${COUNTED})?\\s(?:раз\\p{L}*|times|заняти\\p{L}*|урок\\p{L}*|lessons?|classes|мин\\p{L}*|min\\p{L}*|класс\\p{L}*)`,
      'gu',
    ),
    ' ',
  ],
  [
    new RegExp(
      `${COUNTED}(?:\\s?(?:-|или|or)\\s?${COUNTED})?\\s(?:дн\\p{L}*|час\\p{L}*|days?|hours?)\\s(?:в|a|per|каждую)\\s(?:недел\\p{L}*|день|week|day)`,
      'gu',
    ),
    ' ',
  ],
  [/any day but/g, ' DAILY except '],
  // Until when somebody is busy.
  [/(?:школ\p{L}*|урок\p{L}*|занят\p{L}*|работа\p{L}*|уч[еи]\p{L}*) до /gu, ' AFTER '],
  [/(?:любо\p{L}* время|(?:весь|целый) день|круглосуточно|any ?time|(?:all|whole) day)/gu, ' WHOLE '],
  [/(?:не\s?важно|не\s?принципиально|does ?n.?t matter|no preference)/g, ' '],
  [/(?:не (?:раньше|ранее)|not before|not earlier than|no earlier than|starting (?:from|at))(?: чем)?/g, ' AFTER '],
  [/(?:не (?:позже|позднее)|not after|not later than|no later than)(?: чем)?/g, ' BEFORE '],
  [/(?:перв\p{L}* половин\p{L}* дня|до обеда|before lunch|first half of the day)/gu, ' FIRST-HALF '],
  [/(?:втор\p{L}* половин\p{L}* дня|после обеда|after lunch|second half of the day)/gu, ' SECOND-HALF '],
  [/(?:после (?:школы|уроков|садика)|after school)/g, ' AFTER 15:00 '],
  [/(?:после (?:работы|учебы|универа|офиса)|after (?:work|office hours))/g, ' AFTER 18:00 '],
  [/(?:(?:рано|ранн\p{L}*) утр\p{L}*|early (?:in the )?mornings?)/gu, ' EARLY '],
  [/(?:поздн\p{L}* вечер\p{L}*|late (?:in the )?evenings?|late at night)/gu, ' LATE '],
  [
    /(?:рабочи\p{L}* (?:дн\p{L}*|недел\p{L}*)|working days?|business days?|school (?:days?|nights?)|during the week|mid-?week)/gu,
    ' WEEKDAYS ',
  ],
  [/(?:кажд\p{L}* день|любо\p{L}* день|every ?day|any day|all week)/gu, ' DAILY '],
  [/in the (morning|afternoon|evening)s?/g, 'OF-$1'],
  [/(\d|\p{L}) ?(?:часов|часа|ч\.?|o.?clock)(?![\p{L}])/gu, '$1'],
];

const WORDS: readonly (readonly [RegExp, Token])[] = [
  [/^(?:пн|понед\p{L}*|mon|mondays?)$/u, day(0)],
  [/^(?:вт|вторник\p{L}*|tues?|tuesdays?)$/u, day(1)],
  [/^(?:ср|сред(?:а|у|ы|е|ам|ами|ой)|wed|weds|wednesdays?)$/u, day(2)],
  [/^(?:чт|четверг\p{L}*|thu|thur|thurs|thursdays?)$/u, day(3)],
  [/^(?:пт|пятниц\p{L}*|fri|fridays?)$/u, day(4)],
  [/^(?:сб|суб|суббот\p{L}*|sat|saturdays?)$/u, day(5)],
  [/^(?:вс|воскр\p{L}*|sun|sundays?)$/u, day(6)],
  [/^(?:будн\p{L}*|WEEKDAYS|weekdays?|weeknights?|workdays?)$/u, group(WEEKDAYS)],
  [/^(?:выходн\p{L}*|weekends?)$/u, group(WEEKEND)],
  [/^(?:ежедневно|DAILY|daily)$/u, group(EVERY_DAY)],
  [/^WHOLE$/, part(WAKING.from, WAKING.to)],
  [/^EARLY$/, part(6, 9)],
  [/^(?:утр\p{L}*|mornings?|OF-morning)$/u, part(7, 12)],
  [/^FIRST-HALF$/, part(8, 13)],
  [/^(?:обед\p{L}*|lunch\p{L}*)$/u, part(12, 14)],
  [/^SECOND-HALF$/, part(13, 20)],
  [/^(?:днем|дневн\p{L}*|afternoons?|OF-afternoon)$/u, part(12, 18)],
  [/^(?:daytime)$/, part(9, 18)],
  [/^(?:вечер\p{L}*|evenings?|OF-evening)$/u, part(17, 22)],
  [/^(?:LATE|ноч\p{L}*|nights?)$/u, part(20, 24)],
  [/^(?:после|с|от|from|after|since|AFTER)$/, { kind: 'after' }],
  [/^(?:до|before|until|till|BEFORE)$/, { kind: 'before' }],
  [/^(?:между|between)$/, { kind: 'between' }],
  [/^(?:в|к|at|around|около)$/, { kind: 'at' }],
  [/^(?:-|по|to|through|thru)$/, { kind: 'link' }],
  [/^(?:и|или|and|or|&|\+|\/)$/, { kind: 'and' }],
  [/^(?:не|кроме|not|except|can.?t|cannot|don.?t|never)$/, { kind: 'not' }],
  [/^[,;.()\n]$/, { kind: 'comma' }],
];

const SIGNS = /\d{1,2}(?:[:.]\d{2})?|[\p{L}][\p{L}’']*(?:-(?:half|morning|afternoon|evening|HALF))?|[-,;.()\n&+/]/gu;
const HALVES = { am: 0, утра: 0, 'OF-morning': 0, pm: 12, дня: 12, вечера: 12, 'OF-afternoon': 12, 'OF-evening': 12 };

/** Reads what each word of a text says of times. */
export function tokensOf(text: string): Token[] {
  const words = plain(text).match(SIGNS) ?? [];
  const tokens: Token[] = [];
  for (let place = 0; place < words.length; place++) {
    const clock = clockOf(words[place] ?? '', words[place - 1]);
    const half = HALVES[(words[place + 1] ?? '') as keyof typeof HALVES];
    if (clock && half !== undefined && clock.hour <= 12) {
      tokens.push({ kind: 'clock', clock: { hour: (clock.hour % 12) + half, isExact: true, isSure: true } });
      place++;
    } else tokens.push(clock ? { kind: 'clock', clock } : meaningOf(words[place] ?? ''));
  }
  return tokens;
}

function plain(text: string): string {
  const even = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[–—−‑]/g, '-')
    .replace(/[ \t\u00a0]+/g, ' ');
  return PHRASES.reduce((said, [phrase, meaning]) => said.replace(phrase, meaning), even)
    .replace(/(\d)(am|pm)/g, '$1 $2')
    .replace(/ {2,}/g, ' ');
}

function clockOf(word: string, before: string | undefined): Clock | null {
  const written = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(word);
  if (!written) {
    const hour = NUMBERS.find(([names]) => names.split('|').includes(word))?.[1];
    // "Час" is also an hour's length, "one" anything: only after a preposition are they times.
    const isLoose = hour === 1 && !/^(?:после|до|с|after|before|from|until|till|and|to|-)$/.test(before ?? '');
    return hour === undefined || isLoose ? null : { hour, isExact: false, isSure: /^(?:noon|midday|пол)/.test(word) };
  }
  const hour = Number(written[1]) + Number(written[2] ?? 0) / 60;
  const isSure = hour > 12 || word.startsWith('0') || hour === 0;
  return hour > 24 ? null : { hour, isExact: written[2] !== undefined, isSure };
}

function meaningOf(word: string): Token {
  return WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? { kind: 'word' };
}

function day(number: number): Token {
  return { kind: 'days', days: [number], isGroup: false };
}

function group(days: readonly number[]): Token {
  return { kind: 'days', days, isGroup: true };
}

function part(from: number, to: number): Token {
  return { kind: 'part', from, to };
}

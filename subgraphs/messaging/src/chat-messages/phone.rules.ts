import type { Span } from './contacts.rules.js';

/** Fewest digits of a telephone number with its area; fewer are a price, a date or the number of an exercise. */
const FEWEST_DIGITS = 10;
/** After a `+`, as numbers of small countries are. */
const FEWEST_AFTER_PLUS = 8;
/** More is no number of a telephone or a card. */
const MOST_DIGITS = 25;
/** So many words for digits in a row are no lesson in counting. */
const FEWEST_WORDS = 6;

/** Digits of any script, keycaps and their like, each group with at most four marks before the next. */
const GROUP = String.raw`\p{Nd}(?:\u{FE0F}?\u{20E3})?`;
const BETWEEN = String.raw`[ \t\u00a0.,\-–—_()\[\]•·:;|'"’\n]{0,4}`;
const RUN = new RegExp(String.raw`(?:[+＋]\s?)?\(?${GROUP}(?:${BETWEEN}${GROUP})*`, 'gu');
const LOCAL_NUMBER = /(?<![\d-])\d{3}-\d{2}-\d{2}(?![\d-])/g;

/** What digits say that is no number of a telephone; tried at the beginning of what is left of a run. */
const HARMLESS: readonly RegExp[] = [
  /^\d{4}-\d{2}-\d{2}(?!\d)/,
  /^\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)/,
  /^(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?!\d)/,
  /^(?:19|20)\d{2}(?!\d)/,
];
const LIST_NUMBER = /^\d{1,2}[.)](?=\s)/;
const SUMS = /^(?:\d{1,3}(?:[ \u00a0.,]\d{3})+|\d+)(?:[.,]\d{2})?\s?(?:₽|руб|р\.|€|\$|eur|usd|rub)/iu;

const WORDS = new Map<string, number>(
  (
    'ноль:0 нуль:0 один:1 два:2 две:2 три:3 четыре:4 пять:5 шесть:6 семь:7 восемь:8 девять:9 десять:10 двадцать:20 ' +
    'тридцать:30 сорок:40 пятьдесят:50 шестьдесят:60 семьдесят:70 восемьдесят:80 девяносто:90 сто:100 двести:200 ' +
    'триста:300 четыреста:400 пятьсот:500 шестьсот:600 семьсот:700 восемьсот:800 девятьсот:900 одиннадцать:11 ' +
    'двенадцать:12 тринадцать:13 четырнадцать:14 пятнадцать:15 шестнадцать:16 семнадцать:17 восемнадцать:18 ' +
    'девятнадцать:19 zero:0 oh:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 double:0 ' +
    'twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:100 plus:0 плюс:0'
  )
    .split(' ')
    .map((entry) => entry.split(':'))
    .map(([word = '', value]) => [word, Number(value)]),
);
const TOKEN = /[\p{L}]+|\p{Nd}+/gu;

/** Telephone numbers in a text, in digits however they are set apart, and in words. */
export function phoneSpans(text: string): Span[] {
  return [...digitSpans(text), ...localSpans(text), ...wordSpans(text)];
}

function digitSpans(text: string): Span[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    // Money behind the run is not part of it; its sign decides.
    const sign = /^\s?(?:₽|руб|р\.|€|\$|eur|usd|rub)/iu.exec(text.slice(index + run.length));
    return isTelephone(sign ? run + sign[0] : run) ? [{ from: index, to: index + run.length }] : [];
  });
}

function isTelephone(run: string): boolean {
  const plain = run.normalize('NFKC').replaceAll(/[\u{FE0F}\u{20E3}]/gu, '');
  const digits = plain.match(/\p{Nd}/gu)?.length ?? 0;
  const isInternational = /^\s?\+/.test(plain);
  if (digits < (isInternational ? FEWEST_AFTER_PLUS : FEWEST_DIGITS) || digits > MOST_DIGITS) return false;
  if (isInternational) return true;
  return !(isHarmless(plain) || isCounting(plain));
}

/** Is all that the run says times, dates, sums and numbers of a list? */
function isHarmless(run: string): boolean {
  let rest = run;
  let isLineStart = true;
  while (rest !== '') {
    const marks = /^[^\p{Nd}]+/u.exec(rest)?.[0] ?? '';
    isLineStart ||= marks.includes('\n');
    rest = rest.slice(marks.length);
    if (rest === '') return true;
    const known = [...HARMLESS, SUMS, ...(isLineStart ? [LIST_NUMBER] : [])].find((pattern) => pattern.test(rest));
    if (!known) return false;
    rest = rest.replace(known, '');
    isLineStart = false;
  }
  return true;
}

/** Numbers that grow by the same step, such as `1 2 3 4` or `120, 121, 122`. */
function isCounting(run: string): boolean {
  const numbers = (run.match(/\p{Nd}+/gu) ?? []).map(Number);
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return numbers.length > 3 && numbers.every((number, at) => at === 0 || number - (numbers[at - 1] ?? 0) === step);
}

function localSpans(text: string): Span[] {
  return [...text.matchAll(LOCAL_NUMBER)].map(({ 0: match, index }) => ({ from: index, to: index + match.length }));
}

interface Token extends Span {
  value: number;
  isWord: boolean;
}

/** Words for digits, perhaps with digits between: `восемь девятьсот 16 двести …`. */
function wordSpans(text: string): Span[] {
  const spans: Span[] = [];
  let run: Token[] = [];
  const end = (): void => {
    if (isDictated(run)) spans.push({ from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0 });
    run = [];
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const word = WORDS.get(token.toLowerCase());
    const isNumber = /^\p{Nd}/u.test(token);
    const gap = index - (run.at(-1)?.to ?? index);
    if (gap > 4) end();
    if (word === undefined && !isNumber) end();
    else run.push({ from: index, to: index + token.length, value: word ?? Number(token), isWord: word !== undefined });
  }
  end();
  return spans;
}

function isDictated(run: readonly Token[]): boolean {
  if (run.filter(({ isWord }) => isWord).length < FEWEST_WORDS) return false;
  const isCounted = run.every(({ value }, at) => at === 0 || value - (run[at - 1]?.value ?? 0) === stepOf(run));
  return !isCounted;
}

function stepOf(run: readonly Token[]): number {
  return (run[1]?.value ?? 0) - (run[0]?.value ?? 0);
}

import { plain } from './folding.js';

const UNITS = [
  ['ноль', 'нуль', 'zero', 'oh'],
  ['один', 'раз', 'one'],
  ['два', 'две', 'two'],
  ['три', 'three'],
  ['четыре', 'four'],
  ['пять', 'five'],
  ['шесть', 'six'],
  ['семь', 'seven'],
  ['восемь', 'eight'],
  ['девять', 'nine'],
];
const TEENS = [
  ['десять', 'ten'],
  ['одиннадцать', 'eleven'],
  ['двенадцать', 'twelve'],
  ['тринадцать', 'thirteen'],
  ['четырнадцать', 'fourteen'],
  ['пятнадцать', 'fifteen'],
  ['шестнадцать', 'sixteen'],
  ['семнадцать', 'seventeen'],
  ['восемнадцать', 'eighteen'],
  ['девятнадцать', 'nineteen'],
];
const TENS = [
  ['двадцать', 'twenty'],
  ['тридцать', 'thirty'],
  ['сорок', 'forty'],
  ['пятьдесят', 'fifty'],
  ['шестьдесят', 'sixty'],
  ['семьдесят', 'seventy'],
  ['восемьдесят', 'eighty'],
  ['девяносто', 'ninety'],
];
const HUNDREDS = [
  ['сто'],
  ['двести'],
  ['триста'],
  ['четыреста'],
  ['пятьсот'],
  ['шестьсот'],
  ['семьсот'],
  ['восемьсот'],
  ['девятьсот'],
];

const values = new Map<string, number>([
  ...UNITS.flatMap((words, index) => words.map((word) => [word, index] as const)),
  ...TEENS.flatMap((words, index) => words.map((word) => [word, index + 10] as const)),
  ...TENS.flatMap((words, index) => words.map((word) => [word, (index + 2) * 10] as const)),
  ...HUNDREDS.flatMap((words, index) => words.map((word) => [word, (index + 1) * 100] as const)),
]);

/** Words that stand between numbers when somebody dictates them. */
const BETWEEN = new Set(['и', 'плюс', 'plus', 'and', 'тире', 'dash', 'double']);

/** Digits that a text dictates one after another in words, figures mixed in; one string a run. */
export function dictatedDigits(text: string): string[] {
  const runs: number[][] = [];
  let run: number[] = [];
  let spoken = 0;
  const end = (): void => {
    if (spoken >= 3 && !isCounting(run)) runs.push(run);
    [run, spoken] = [[], 0];
  };
  for (const [word] of plain(text).matchAll(/[\p{L}\p{N}]+|[.!?;:\n]/gu)) {
    const value = values.get(word);
    if (value !== undefined) {
      append(run, value);
      spoken += 1;
    } else if (/^\d{1,4}$/.test(word)) run.push(...Array.from(word, Number));
    else if (!BETWEEN.has(word)) end();
  }
  end();
  return runs.map((numbers) => numbers.join(''));
}

/** Sixty and then seven is 67; seven and then sixty is 7 60. */
function append(run: number[], value: number): void {
  const last = run.at(-1) ?? 0;
  const fits =
    (last % 100 === 0 && last >= 100 && value < 100 && value > 0) ||
    (last % 10 === 0 && last >= 20 && value < 10 && value > 0);
  if (fits) run[run.length - 1] = last + value;
  else run.push(value);
}

/** One, two, three and so on is no telephone number. */
function isCounting(run: readonly number[]): boolean {
  return run.every((value, index) => index === 0 || value === (run[index - 1] ?? 0) + 1);
}

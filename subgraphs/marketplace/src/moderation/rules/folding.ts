/** Nothing before or after that belongs to a word; `\b` knows Latin letters only. */
export const EDGE = { before: '(?<![\\p{L}\\p{N}_])', after: '(?![\\p{L}\\p{N}_])' } as const;

const INVISIBLE = /[\p{Cf}\p{Mn}]/gu;

/** Nothing keeps the patterns busy, or parts from each other, by being far away. */
const WIDE = /\s{4,}/gu;

/** One writing of what looks or means the same: compatibility forms, invisible signs, accents, capitals, gaps and ё. */
export function plain(text: string): string {
  // Composed first, so that й keeps its breve while accents that were put on other letters go.
  const folded = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().replaceAll('ё', 'е');
  return folded.replace(WIDE, (gap) => (gap.includes('\n') ? '\n' : '   '));
}

const CYRILLIC_OF: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'и',
  k: 'к',
  m: 'м',
  n: 'п',
  o: 'о',
  p: 'р',
  r: 'г',
  t: 'т',
  u: 'и',
  x: 'х',
  y: 'у',
  '0': 'о',
  '1': 'и',
  '3': 'з',
  '4': 'ч',
  '6': 'б',
  '@': 'а',
};

const LATIN_OF: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  з: '3',
  и: 'u',
  і: 'i',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  п: 'n',
  р: 'p',
  с: 'c',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** A word with each sign that stands for a Cyrillic letter replaced by it. */
export function inCyrillic(word: string): string {
  return replaced(word, CYRILLIC_OF);
}

/** A word with each sign that stands for a Latin letter replaced by it. */
export function inLatin(word: string): string {
  return replaced(word, LATIN_OF);
}

function replaced(word: string, table: Readonly<Record<string, string>>): string {
  return Array.from(word, (sign) => table[sign] ?? sign).join('');
}

const WORD = /[\p{L}\p{N}@$*!]+/gu;
/** What is longer is no word of any language, and would only keep the patterns busy. */
const LONGEST_WORD = 60;
/** Single signs with something between them, such as "с.у к-а". */
const SPACED = new RegExp(
  `${EDGE.before}[\\p{L}\\p{N}@$](?:[\\s.,_*/|+~·•-]{1,3}[\\p{L}\\p{N}@$]){2,}${EDGE.after}`,
  'gu',
);
/** Parts of a word with something between them, such as "су-ка". */
const BROKEN = /(?<!\p{L})\p{L}+(?:[-_.*·•~]{1,3}\p{L}+){1,4}/gu;

/**
 * Every word that somebody may read in a text, in its possible writings: as it stands, put together from single letters
 * or parts, and with look-alikes of the other alphabet or digits in place of letters.
 */
export function readings(text: string): string[] {
  const clean = plain(text);
  const joined = [...clean.matchAll(SPACED), ...clean.matchAll(BROKEN)].map(([found]) =>
    found.replace(/[^\p{L}\p{N}@$]/gu, ''),
  );
  const words = [...clean.matchAll(WORD)].map(([found]) => found.replace(/^[!*@]+(?=\p{L})|[!]+$/gu, ''));
  const read = [...words, ...joined].map((word) => word.replaceAll(/(.)\1{3,}/gu, '$1$1$1'));
  return [...new Set(read.filter(({ length }) => length <= LONGEST_WORD).flatMap(writingsOf))];
}

function writingsOf(word: string): string[] {
  const cyrillic = /\p{Script=Cyrillic}/u.test(word);
  const latin = /\p{Script=Latin}/u.test(word);
  const signs = /[\d@$!]/.test(word);
  const writings = [word];
  if (cyrillic && (latin || signs)) writings.push(inCyrillic(word));
  // "cyka" is read as Cyrillic when every letter of it can be.
  if (latin && !cyrillic && /^[abcehikmoptxy0346@]+$/.test(word)) writings.push(inCyrillic(word));
  if (latin && (cyrillic || signs)) writings.push(inLatin(word));
  return writings;
}

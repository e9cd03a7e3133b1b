/** More words than anybody looks for. */
const MOST_WORDS = 10;
/** Of a longer text nobody remembers more. */
export const LONGEST_SEARCH = 200;

/** A text as PostgreSQL's `to_tsquery` takes it: all words, the last one also as a beginning; empty without words. */
export function searchTerms(text: string): string {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
  const terms = words.slice(0, MOST_WORDS).map((word) => `'${word}'`);
  return terms.length === 0 ? '' : `${terms.join(' & ')}:*`;
}

/** What of the package is used here; it brings no types. */
declare module 'snowball-stemmers' {
  interface Stemmer {
    stem(word: string): string;
  }
  export function newStemmer(language: 'russian' | 'english'): Stemmer;
}

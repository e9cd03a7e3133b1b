/** A filler in a text; the place in UTF-16 code units. */
export interface Filler {
  /** As it is listed, such as `um` for “ummm”. */
  text: string;
  start: number;
  end: number;
}

/** A word of a text. */
interface Token {
  word: string;
  start: number;
  end: number;
}

/** Sounds of hesitation, however long they are held. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(u+m+|u+hm+)$/, 'um'],
  [/^u+h+$/, 'uh'],
  [/^e+r+m*$/, 'er'],
  [/^(h+m+|m{2,})$/, 'hmm'],
  [/^э+(-э+)*$/, 'эээ'],
  [/^э+м+$/, 'эм'],
  [/^(х+м+|м{2,}|м(-м)+)$/, 'ммм'],
];
/** Always fillers in speech. */
const ALWAYS = ['ну', 'как бы', 'это самое', 'так сказать'];
/** Words that mean something too: fillers only where the sentence would be whole without them, which commas tell. */
const SET_OFF = ['you know', 'i mean', 'sort of', 'kind of', 'like', 'значит', 'вот', 'короче', 'типа'];
const PHRASES = [...ALWAYS, ...SET_OFF].map((text) => ({
  text,
  words: text.split(' '),
  isSetOff: SET_OFF.includes(text),
}));
/** “Как бы то ни было”, “как бы не опоздать” say something. */
const NOT_AFTER_KAK_BY = new Set(['то', 'не', 'ни']);

/** Words of a text. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)].map(({ 0: word, index }) => {
    return { word: word.toLowerCase(), start: index, end: index + word.length };
  });
}

/** What fills pauses in a text that was spoken, in English and Russian: learners hesitate in both. */
export function fillersOf(text: string): Filler[] {
  const tokens = tokensOf(text);
  const fillers: Filler[] = [];
  for (let index = 0; index < tokens.length; ) {
    const found = soundAt(tokens, index) ?? phraseAt(text, tokens, index);
    if (found) fillers.push(found.filler);
    index += found?.length ?? 1;
  }
  return fillers;
}

interface Found {
  filler: Filler;
  /** How many words it has. */
  length: number;
}

function soundAt(tokens: readonly Token[], index: number): Found | null {
  const token = tokens[index];
  const name = token && SOUNDS.find(([pattern]) => pattern.test(token.word))?.[1];
  return name ? { filler: { text: name, start: token.start, end: token.end }, length: 1 } : null;
}

function phraseAt(text: string, tokens: readonly Token[], index: number): Found | null {
  for (const { text: name, words, isSetOff } of PHRASES) {
    const spoken = tokens.slice(index, index + words.length);
    const [first, last] = [spoken[0], spoken.at(-1)];
    if (!first || !last || words.some((word, place) => spoken[place]?.word !== word)) continue;
    const [before, after] = [tokens[index - 1], tokens[index + words.length]];
    if (name === 'как бы' && NOT_AFTER_KAK_BY.has(after?.word ?? '')) continue;
    const isApart = isBreak(text, before?.end, first.start) && isBreak(text, last.end, after?.start);
    if (isSetOff && !isApart) continue;
    return { filler: { text: name, start: first.start, end: last.end }, length: words.length };
  }
  return null;
}

/** Does the sentence break between two words? At the ends of the text it does. */
function isBreak(text: string, from: number | undefined, until: number | undefined): boolean {
  return from === undefined || until === undefined || /[,.;:!?…–—-]/.test(text.slice(from, until));
}

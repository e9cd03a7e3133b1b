/** What a piece of text is. `foreign`: letters of another script; `other`: addresses, code, signs. */
export type TokenKind = 'word' | 'number' | 'punctuation' | 'foreign' | 'other';

/** A piece of text between spaces or beside punctuation. Offsets are UTF-16 units, as JavaScript counts. */
export interface Token {
  text: string;
  start: number;
  end: number;
  kind: TokenKind;
}

const ADDRESS = String.raw`(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|[#@]\w+`;
const CODE = String.raw`\x60[^\x60\n]*\x60|\w+(?:[_/\\]\w+)+|\w+\([^()\s]*\)`;
const ABBREVIATION = String.raw`(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|St|vs|etc|e\.g|i\.e)\.(?=\s)`;
const MIXED = String.raw`[\p{L}\p{M}]*\d[\p{L}\p{M}\d]*(?:[.,:]\d+)*%?`;
const WORD = String.raw`[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*`;
const PIECE = new RegExp(`${ADDRESS}|${CODE}|${ABBREVIATION}|${MIXED}|${WORD}|\\.\\.+|\\S`, 'gu');

const LATIN_WORD = /^[A-Za-z]+(?:['’][A-Za-z]+)*$/;
const CLITIC = /^['’](?:s|re|ve|ll|d|m)$/i;

/** Cuts text into tokens. Where a text keeps apart what belongs together (`do n't`, `it 's`), the two are one token. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    const token = { text: match[0], start: match.index, end: match.index + match[0].length, kind: kindOf(match[0]) };
    const joined = joinClitic(tokens, token, text);
    if (!joined) tokens.push(token);
  }
  return tokens;
}

function kindOf(piece: string): TokenKind {
  if (LATIN_WORD.test(piece)) return 'word';
  if (/^[\d.,:]*\d%?$/.test(piece)) return 'number';
  if (/^(?:[.,;:!?"'()“”‘’«»…–—-]|\.\.+)$/u.test(piece)) return 'punctuation';
  if (/^[\p{L}\p{M}'’]+$/u.test(piece)) return 'foreign';
  return 'other';
}

/** `do n't` comes as `do`, `n't`; `it 's` as `it`, `'`, `s`, because an apostrophe begins no word. */
function joinClitic(tokens: Token[], token: Token, text: string): boolean {
  const last = tokens.at(-1);
  if (last?.kind === 'word' && /^n['’]t$/i.test(token.text) && token.start === last.end + 1)
    return join(last, token.end, last.text + token.text);
  const before = tokens.at(-2);
  if (!(last && before?.kind === 'word' && /^['’]$/.test(last.text))) return false;
  const clitic = text.slice(last.start, token.end);
  if (!CLITIC.test(clitic) || last.start > before.end + 1) return false;
  tokens.pop();
  return join(before, token.end, before.text + clitic);
}

function join(token: Token, end: number, joined: string): true {
  token.text = joined;
  token.end = end;
  return true;
}

/** Cuts the tokens of a text into sentences: behind a full stop, a question or exclamation mark, and at empty lines. */
export function sentencesOf(tokens: readonly Token[], text: string): Token[][] {
  const sentences: Token[][] = [];
  let sentence: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    sentence.push(token);
    const next = tokens[index + 1];
    if (!next) break;
    const between = text.slice(token.end, next.start);
    const ends = /^[.!?…]+$/.test(token.text) && !/^[.!?…"”’')]/.test(next.text) && /\s/.test(between);
    const closes =
      /^["”’')]$/.test(token.text) && /^[.!?…]$/.test(tokens[index - 1]?.text ?? '') && /^\p{Lu}/u.test(next.text);
    if (ends || closes || /\n\s*\n/.test(between) || (between.includes('\n') && /^\p{Lu}/u.test(next.text))) {
      sentences.push(sentence);
      sentence = [];
    }
  }
  if (sentence.length > 0) sentences.push(sentence);
  return sentences;
}

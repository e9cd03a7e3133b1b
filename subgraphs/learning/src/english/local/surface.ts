import type { EnglishModel } from '../model/english-model.js';
import type { Token } from '../text/tokens.js';

/** How a text is written: with spaces before its punctuation, as prepared corpora are, or as people write. */
export type TextStyle = 'plain' | 'spaced';

const DETACHED = /\s(?:[.,!?;]|n['’]t|['’](?:s|re|ve|ll|d|m))(?=\s|$)/g;
const ATTACHED = /[\p{L}\d][.,!?;](?=\s|$)|\p{L}['’]\p{L}/gu;

/** Spaces before punctuation are a text's style where most of it has them. */
export function styleOf(text: string): TextStyle {
  return count(text, DETACHED) > count(text, ATTACHED) ? 'spaced' : 'plain';
}

/** Writes words of the model as they stand in a text: names and I with a capital, and otherwise like what they replace. */
export function surfaceOf(
  words: readonly string[],
  like: Token,
  style: TextStyle,
  { words: model }: EnglishModel,
): string {
  const isUpper = like.text.length > 1 && like.text === like.text.toUpperCase();
  const isCapital = /^\p{Lu}/u.test(like.text);
  const written = words.map((word, index) => {
    if (isUpper) return word.toUpperCase();
    const isName = model.isName(model.id(word)) || /^i(?:'|$)/.test(word);
    return isName || (isCapital && index === 0) ? capitalised(word) : word;
  });
  return styled(written.join(' '), style);
}

/** Clitics are kept apart in a text of the spaced style. */
export function styled(words: string, style: TextStyle): string {
  return style === 'plain' ? words : words.replace(/(?<=\p{L})(n't|'(?:s|re|ve|ll|d|m))(?!\p{L})/giu, ' $1');
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

import type { Misspellings } from '../correct/sentence-columns.js';
import type { EnglishModel } from '../model/english-model.js';
import { sentencesOf, tokensOf } from '../text/tokens.js';
import { type Draft, withoutOverlaps } from './draft.js';
import { type HarperLint, harperDrafts } from './harper-drafts.js';
import { mechanicalDrafts } from './mechanics.js';
import { styleOf } from './surface.js';
import { wordDrafts } from './word-drafts.js';

/** Everything that this checker would change in a text. @param lints what harper says of the same text */
export function draftsOf(text: string, lints: readonly HarperLint[], english: EnglishModel): Draft[] {
  const checked = { text, style: styleOf(text), english };
  const misspellings: Misspellings = new Map(
    lints.filter(({ rule }) => rule === 'SpellCheck').map(({ start, replacements }) => [start, replacements]),
  );
  const sentences = sentencesOf(tokensOf(text), text);
  const drafts = sentences.flatMap((sentence, index) => {
    const words = wordDrafts(checked, sentence, misspellings);
    const mechanical = mechanicalDrafts(checked, sentence, index === sentences.length - 1);
    return [...combined(words, mechanical), ...harperDrafts(checked, sentence, lints)];
  });
  return withoutOverlaps(drafts);
}

/** A capital or a comma that a changed word also needs becomes part of that word's edit. */
function combined(words: readonly Draft[], mechanical: readonly Draft[]): Draft[] {
  const left: Draft[] = [...words];
  const rest: Draft[] = [];
  for (const draft of mechanical) {
    const index = left.findIndex(
      (word) => word.start <= draft.start && draft.end <= word.end && word.replacement !== '',
    );
    const word = left[index];
    if (!word || draft.kind === 'REPETITION') rest.push(draft);
    // What was taken for a name has become another word.
    else if (draft.rule === 'capital-name') continue;
    else if (draft.kind === 'CAPITALISATION' && word.start === draft.start)
      left[index] = { ...word, replacement: word.replacement.charAt(0).toUpperCase() + word.replacement.slice(1) };
    else if (draft.start === word.end) rest.push(draft);
  }
  return [...left, ...rest];
}

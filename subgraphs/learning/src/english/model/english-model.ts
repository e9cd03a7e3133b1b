import { Inflections } from './inflections.js';
import { LanguageModel } from './language-model.js';
import { SpellingCandidates } from './spelling-candidates.js';

/** What the checker knows of English. */
export interface EnglishModel {
  words: LanguageModel;
  inflections: Inflections;
  spelling: SpellingCandidates;
}

/** @param packed the file `data/english-model.bin.br` */
export function englishModel(packed: Uint8Array): EnglishModel {
  const words = new LanguageModel(packed);
  return { words, inflections: new Inflections(words), spelling: new SpellingCandidates(words) };
}

import type { EnglishModel } from '../model/english-model.js';
import type { Token } from '../text/tokens.js';
import { articleOptions, missingArticles } from './article-options.js';
import { confusionOptions } from './confusion-options.js';
import { inflectionOptions } from './inflection-options.js';
import type { Column, Option } from './lattice.js';
import { near, type Place } from './place.js';
import { missingPrepositions, prepositionOptions } from './preposition-options.js';
import {
  isBritish,
  type Misspelling,
  misspellingOptions,
  slipOptions,
  smallNameOptions,
  UNKNOWN_WORD,
} from './spelling-options.js';

/** By where a token starts: what harper proposes for a word that it does not know. */
export type Misspellings = ReadonlyMap<number, readonly string[]>;

const ARTICLE = /^(?:an?|the)$/;

/** Every place of a sentence, with what may stand there. */
export function columnsOf(sentence: readonly Token[], misspellings: Misspellings, english: EnglishModel): Column[] {
  const words = sentence.map(lowered);
  const first = sentence.findIndex(({ kind }) => kind === 'word');
  const columns: Column[] = [];
  for (const [at, token] of sentence.entries()) {
    if (token.kind === 'punctuation') continue;
    // `&nbsp;` and the like.
    if (token.kind !== 'word' || words[at - 1] === '&') {
      columns.push({ token: at, isGap: false, options: [kept(UNKNOWN_WORD)] });
      continue;
    }
    const place: Place = { words, at };
    const harper = misspellings.get(token.start);
    const capital = /^[A-Z]/.test(token.text) ? (at === first ? 'first' : 'inside') : 'none';
    const missing = harper || capital === 'inside' ? [] : gapOptions(place, english);
    if (missing.length > 0) columns.push({ token: at, isGap: true, options: [kept(), ...missing] });
    const options = /^[A-Z]{2,}s?$/.test(token.text)
      ? [kept(words[at] ?? '')]
      : optionsFor(place, harper, capital, english);
    columns.push({ token: at, isGap: false, options });
  }
  return columns;
}

function gapOptions(place: Place, { inflections }: EnglishModel): Option[] {
  if (/^[^a-z]/.test(near(place, -1)) && near(place, -1) !== ',') return [];
  return [...missingArticles(place, inflections), ...missingPrepositions(place, inflections)];
}

function optionsFor(
  place: Place,
  harper: readonly string[] | undefined,
  capital: Misspelling['capital'],
  { words: model, inflections, spelling }: EnglishModel,
): Option[] {
  const word = near(place, 0);
  const id = model.id(word);
  if (harper && !(model.isWord(id) || model.isName(id) || isBritish(word, model))) {
    const isPart = near(place, -1) === '-' || near(place, 1) === '-';
    return misspellingOptions({ word, capital, isPart, harper }, model, spelling);
  }
  if (capital === 'inside') return [kept(word)];
  if (model.isName(id) && word.length > 2) return [kept(word), ...smallNameOptions(word, model, spelling)];
  if (ARTICLE.test(word)) return [kept(word), ...articleOptions(place, inflections)];
  const confusions = [...prepositionOptions(place, inflections), ...confusionOptions(place, inflections)];
  const others = confusions.length > 0 ? [] : inflectionOptions(place, inflections);
  return [kept(word), ...confusions, ...others, ...slipOptions(word, model, spelling)];
}

function lowered({ kind, text }: Token): string {
  if (kind === 'word') return text.toLowerCase().replace('’', "'");
  return kind === 'punctuation' ? text : '#';
}

function kept(...words: string[]): Option {
  return { words, penalty: 0, kind: 'OTHER', rule: 'kept' };
}

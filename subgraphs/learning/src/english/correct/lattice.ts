import type { EnglishEditKind } from '../english-check.js';
import type { LanguageModel, WordId } from '../model/language-model.js';

/** What may stand in one place of a sentence. */
export interface Option {
  /** In lower case; none: nothing stands there. */
  words: readonly string[];
  /** How much likelier, in decimal logarithms, the sentence must become for this to be taken. */
  penalty: number;
  kind: EnglishEditKind;
  /** What proposed it. */
  rule: string;
}

/** A place of a sentence: a token, or the gap before it. */
export interface Column {
  token: number;
  isGap: boolean;
  /** The first is what the learner wrote. */
  options: readonly Option[];
}

/** What was taken in a place. */
export interface Choice {
  column: Column;
  option: Option;
  /** How much likelier the sentence is with it than with what was written, its penalty taken off. */
  margin: number;
}

interface Step {
  first: WordId;
  second: WordId;
  score: number;
  option: number;
  before: Step | undefined;
}

const WIDTH = 20;

/** The likeliest way through the columns: a beam search over a model of three words. */
export function bestChoices(model: LanguageModel, columns: readonly Column[]): Choice[] {
  let beam: Step[] = [{ first: -1, second: model.start, score: 0, option: 0, before: undefined }];
  for (const { options } of columns) beam = extended(model, beam, options);
  const best = beam.reduce<Step | undefined>((found, step) => {
    const score = step.score + model.probability(step.first, step.second, model.end);
    return found && found.score >= score ? found : { ...step, score };
  }, undefined);
  const taken: number[] = [];
  for (let step = best; step?.before; step = step.before) taken.unshift(step.option);
  return choicesOf(model, columns, taken);
}

function extended(model: LanguageModel, beam: readonly Step[], options: readonly Option[]): Step[] {
  const next = new Map<number, Step>();
  for (const [index, { words, penalty }] of options.entries()) {
    const ids = words.map((word) => model.id(word));
    for (const before of beam) {
      let { first, second, score } = before;
      score -= penalty;
      for (const id of ids) {
        score += model.probability(first, second, id);
        [first, second] = [second, id];
      }
      const key = (first + 1) * 70_000 + second + 1;
      const rival = next.get(key);
      if (!rival || rival.score < score) next.set(key, { first, second, score, option: index, before });
    }
  }
  if (next.size <= WIDTH) return [...next.values()];
  return [...next.values()].sort((left, right) => right.score - left.score).slice(0, WIDTH);
}

function choicesOf(model: LanguageModel, columns: readonly Column[], taken: readonly number[]): Choice[] {
  const score = scoreOf(model, columns, taken);
  return columns.flatMap((column, place) => {
    const chosen = taken[place] ?? 0;
    const option = column.options[chosen];
    if (chosen === 0 || !option) return [];
    const without = scoreOf(model, columns, taken.with(place, 0));
    return [{ column, option, margin: score - without }];
  });
}

function scoreOf(model: LanguageModel, columns: readonly Column[], taken: readonly number[]): number {
  let [first, second, score] = [-1, model.start, 0];
  for (const [place, { options }] of columns.entries()) {
    const option = options[taken[place] ?? 0];
    if (!option) continue;
    score -= option.penalty;
    for (const word of option.words) {
      const id = model.id(word);
      score += model.probability(first, second, id);
      [first, second] = [second, id];
    }
  }
  return score + model.probability(first, second, model.end);
}

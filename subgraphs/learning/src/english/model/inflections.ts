import { irregularPlurals, irregularVerbs } from './irregular-words.js';
import type { LanguageModel } from './language-model.js';

/** What a form of a word is to its base. `s`: plural or third person, which look alike. */
export type Form = 'base' | 's' | 'past' | 'participle' | 'ing' | 'adverb';

/** One form of a word. */
export interface Inflection {
  word: string;
  form: Form;
}

const pastToBase = reversed((verb) => [verb.past]);
const participleToBase = reversed((verb) => verb.participles);
const pluralToSingular = new Map([...irregularPlurals].map(([singular, plural]) => [plural, singular]));

/** Forms of a word, by the rules of English spelling and a table of irregular words; only those that a dictionary has. */
export class Inflections {
  readonly #model: LanguageModel;
  readonly #families = new Map<string, readonly Inflection[]>();

  constructor(model: LanguageModel) {
    this.#model = model;
  }

  /** All other forms of the words that this may be a form of. @param word in lower case */
  of(word: string): readonly Inflection[] {
    const known = this.#families.get(word);
    if (known) return known;
    const found = new Map<string, Inflection>();
    for (const base of this.basesOf(word))
      for (const inflection of this.formsOf(base))
        if (inflection.word !== word && !found.has(inflection.word)) found.set(inflection.word, inflection);
    const family = [...found.values()];
    if (this.#families.size > 20_000) this.#families.clear();
    this.#families.set(word, family);
    return family;
  }

  /** What a word may be to its bases. */
  formsAs(word: string): Set<Form> {
    const forms = new Set<Form>();
    for (const base of this.basesOf(word))
      for (const inflection of this.formsOf(base)) if (inflection.word === word) forms.add(inflection.form);
    return forms;
  }

  /** The words of which this is a form, itself among them when it may be a base. */
  basesOf(word: string): string[] {
    const irregular = [pastToBase.get(word), participleToBase.get(word), pluralToSingular.get(word)].filter(isDefined);
    const stems = [word, ...regularBases(word)];
    const bases = stems.filter((stem) => {
      const forms = this.#isWord(stem) ? this.formsOf(stem) : [];
      return forms.length > 1 && forms.some((form) => form.word === word);
    });
    return [...new Set([...bases, ...irregular])];
  }

  /** The forms of a base, itself first. */
  formsOf(base: string): Inflection[] {
    const verb = irregularVerbs.get(base);
    const plural = irregularPlurals.get(base);
    const forms: Inflection[] = [{ word: base, form: 'base' }];
    const add = (form: Form, words: readonly string[]): void => {
      for (const word of words) if (word !== base && this.#isWord(word)) forms.push({ word, form });
    };
    add('s', plural === undefined ? [withS(base)] : [plural, ...(base === 'leaf' ? [] : [withS(base)])]);
    if (verb) {
      add('past', [verb.past]);
      add('participle', verb.participles);
    } else add('past', [withEd(base), withDoubled(base, 'ed')]);
    add('ing', [withIng(base), withDoubled(base, 'ing')]);
    return forms;
  }

  #isWord(word: string): boolean {
    return this.#model.isWord(this.#model.id(word));
  }
}

function reversed(
  forms: (verb: { past: string; participles: readonly string[] }) => readonly string[],
): Map<string, string> {
  return new Map([...irregularVerbs].flatMap(([base, verb]) => forms(verb).map((form) => [form, base] as const)));
}

function regularBases(word: string): string[] {
  const bases: string[] = [];
  if (word.endsWith('ies')) bases.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('es')) bases.push(word.slice(0, -2));
  if (word.endsWith('s') && !word.endsWith('ss')) bases.push(word.slice(0, -1));
  for (const ending of ['ed', 'ing']) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    bases.push(stem, `${stem}e`);
    if (stem.at(-1) === stem.at(-2)) bases.push(stem.slice(0, -1));
    if (ending === 'ed' && stem.endsWith('i')) bases.push(`${stem.slice(0, -1)}y`);
    if (ending === 'ing' && stem.endsWith('y')) bases.push(`${stem.slice(0, -1)}ie`);
  }
  return bases.filter((base) => base.length > 1);
}

function withS(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(base) || /^(?:do|go|hero|potato|tomato|echo|veto)$/.test(base)
    ? `${base}es`
    : `${base}s`;
}

function withEd(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`;
  return base.endsWith('e') ? `${base}d` : `${base}ed`;
}

function withIng(base: string): string {
  if (base.endsWith('ie')) return `${base.slice(0, -2)}ying`;
  return /[^eoy]e$/.test(base) && base !== 'be' ? `${base.slice(0, -1)}ing` : `${base}ing`;
}

/** With its last letter twice, where one vowel stands before it; otherwise ''. */
function withDoubled(base: string, ending: string): string {
  return /[^aeiou][aeiou][bdglmnprt]$/.test(base) ? `${base}${base.at(-1)}${ending}` : '';
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Grammatical gender: what Russian verbs and English pronouns agree with. */
export type Gender = 'male' | 'female';

/** What a template is filled with. */
export interface Filling {
  /** Chooses in `{masculine|feminine}`. */
  gender: Gender;
  /** Chooses in `{~masculine|feminine}`: the second person of a text, such as whoever writes about the first. */
  other?: Gender;
  /** Texts for `{name}`. */
  values?: Readonly<Record<string, string>>;
}

/**
 * Fills `{masculine|feminine}`, `{~masculine|feminine}` and `{name}` and begins with a capital letter.
 *
 * @throws Error when a name has no value: nobody shall read a bare placeholder
 */
export function fill(template: string, filling: Filling): string {
  const text = template.replace(/\{(~?)([^{}]*)\}/g, (whole, about: string, body: string) => {
    const forms = body.split('|');
    if (forms.length === 2) {
      const gender = about ? filling.other : filling.gender;
      return (gender === 'female' ? forms[1] : forms[0]) ?? '';
    }
    const value = filling.values?.[body];
    if (value === undefined) throw new Error(`No value for ${whole} in the template "${template}"`);
    return value;
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const RUSSIAN_PLURALS = new Intl.PluralRules('ru');

/** A number with its Russian noun: `countRu(3, 'год', 'года', 'лет')` is `3 года`. */
export function countRu(count: number, one: string, few: string, many: string): string {
  const form = RUSSIAN_PLURALS.select(count);
  return `${count} ${form === 'one' ? one : form === 'few' ? few : many}`;
}

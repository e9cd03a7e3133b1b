import type { Inflections } from '../model/inflections.js';
import { uncountedNouns } from '../model/irregular-words.js';
import type { Option } from './lattice.js';
import { near, type Place, setOf } from './place.js';

const ARTICLES = ['a', 'an', 'the'];
const INSERT = 1.4;
const INSERT_BEFORE_SINGULAR = 1;
const INSERT_BEFORE_PLURAL = 2.4;
const INSERT_IN_PREDICATE = 0.3;
const SWAP = 2.2;
const REMOVE = 4;
const REMOVE_WRONG = 1;
const A_OR_AN = 0.4;

/** What cannot stand before a noun that already has an article, nor behind one. */
const DETERMINERS = setOf(`a an the this that these those my your his her its our their another some any every each no
  all both many much several few most such`);
const NEVER_AFTER_THE = setOf('another this that these those my your his its our their a an the');
const NEVER_AFTER_A = setOf('these those many several my your his its our their a an the another some any');
const NOT_BEFORE =
  setOf(`i you he she it we they me him us them who what which that this and or but if when because so to of in on
  at for with by from as than is are was were be been am has have had do does did not will would can could may might must
  should`);

/** `He is teacher`. */
const BEFORE_PREDICATE = setOf('is was am be become became becoming');
const NOUN_ENDING = /(?:er|or|ist|ian|ent|ant|man|eer|boy|girl|son|friend|car|job|lot|country|city|problem|student)$/;

/** Articles that may be missing before a word. */
export function missingArticles(place: Place, inflections: Inflections): Option[] {
  const word = near(place, 0);
  const before = near(place, -1);
  if (DETERMINERS.has(before) || DETERMINERS.has(word) || NOT_BEFORE.has(word) || !/^[a-z]/.test(word)) return [];
  // `this reading passage`: the article stands before the words that describe the noun.
  if (DETERMINERS.has(near(place, -2)) && !NOT_BEFORE.has(before)) return [];
  const forms = inflections.formsAs(word);
  const isSingular = forms.has('base') && !uncountedNouns.has(word);
  const isPlural = forms.has('s') && !isSingular;
  const isPredicate = isSingular && BEFORE_PREDICATE.has(before) && NOUN_ENDING.test(word);
  const penalty = isPredicate
    ? INSERT_IN_PREDICATE
    : isSingular
      ? INSERT_BEFORE_SINGULAR
      : isPlural
        ? INSERT_BEFORE_PLURAL
        : INSERT;
  return ARTICLES.filter((article) => article === 'the' || (!isPlural && isFitting(article, word))).map((article) => ({
    words: [article],
    penalty,
    kind: 'ARTICLE',
    rule: 'article-missing',
  }));
}

/** What may stand for an article. */
export function articleOptions(place: Place, inflections: Inflections): Option[] {
  const article = near(place, 0);
  const next = near(place, 1);
  const others = ARTICLES.filter((other) => other !== article && (other === 'the' || isFitting(other, next)));
  const options = others.map((other): Option => {
    const isSound = other !== 'the' && article !== 'the';
    return {
      words: [other],
      penalty: isSound ? A_OR_AN : SWAP,
      kind: 'ARTICLE',
      rule: isSound ? 'a-or-an' : 'article-choice',
    };
  });
  return [
    ...options,
    {
      words: [],
      penalty: isWrong(article, next, inflections) ? REMOVE_WRONG : REMOVE,
      kind: 'ARTICLE',
      rule: 'article-extra',
    },
  ];
}

function isWrong(article: string, next: string, inflections: Inflections): boolean {
  if (article === 'the') return NEVER_AFTER_THE.has(next);
  const forms = inflections.formsAs(next);
  return NEVER_AFTER_A.has(next) || uncountedNouns.has(next) || (forms.has('s') && !forms.has('base'));
}

const VOWEL_SOUND = /^(?:[aeio]|u(?!n[ai]|ni|s[aeiu]|t[eio]|k|r[aeio]|rin))|^(?:hour|honest|honou?r|heir)|^uni[nm]/;
const CONSONANT_SOUND = /^(?:one(?!r)|once|eu|ewe|uni(?!n|m)|use|usu|uti|uto|ukr|ura|ure|uri)/;

/** Whether `a` or `an` fits the first sound of the word behind it. */
function isFitting(article: string, next: string): boolean {
  const hasVowel = VOWEL_SOUND.test(next) && !CONSONANT_SOUND.test(next);
  return (article === 'an') === hasVowel;
}

import type { EnglishEditKind } from '../english-check.js';
import type { Form, Inflection, Inflections } from '../model/inflections.js';
import { neverPlural } from '../model/irregular-words.js';
import type { Option } from './lattice.js';
import { headBefore, isPluralSubject, near, type Place, setOf } from './place.js';

/** Without a reason in the words around. */
const UNASKED = 3.4;
const UNASKED_NUMBER = 3.6;
const NEVER = 99;
/** With one. */
const ASKED = 1;
const LIKELY = 1.7;

const PLURAL_AFTER =
  setOf(`many few several various both these those two three four five six seven eight nine ten hundred hundreds
  thousands millions numerous countless different`);
const PLURAL_AFTER_PHRASE =
  /(?:^| )(?:one of (?:the|my|his|her|our|their|your)|(?:a )?lots? of|kinds of|types of|number of|some other|all the|all of the)$/;
const SINGULAR_AFTER = setOf('a an every each another one this that');
const BASE_AFTER =
  setOf(`can could will would shall should may might must to do does did don't doesn't didn't can't couldn't won't
  wouldn't shouldn't cannot let's`);
const PARTICIPLE_AFTER = setOf("have has had haven't hasn't hadn't having");
const BE = setOf("is are was were be been being am isn't aren't wasn't weren't");
const THIRD_AFTER = setOf('he she it everyone everybody someone somebody nobody anyone everything');
const BASE_AFTER_SUBJECT = setOf('i you we they people who');
/** Behind these, `to` is a preposition. */
const ING_BEFORE_TO = setOf('forward accustomed committed devoted addicted dedicated');
const ING_AFTER = setOf('by without of for in about from before after despite instead');

interface Reason {
  penalty: number;
  kind: EnglishEditKind;
  rule: string;
}

/** Other forms of a word, each the cheaper the more the words around ask for it. */
export function inflectionOptions(place: Place, inflections: Inflections): Option[] {
  const word = near(place, 0);
  const own = inflections.formsAs(word);
  return inflections
    .of(word)
    .map((inflection) => ({ words: [inflection.word], ...reasonFor(place, own, inflection, inflections) }));
}

function reasonFor(place: Place, own: ReadonlySet<Form>, to: Inflection, inflections: Inflections): Reason {
  return numberReason(place, own, to) ?? verbReason(place, own, to, inflections) ?? unasked(own, to);
}

function numberReason(place: Place, own: ReadonlySet<Form>, to: Inflection): Reason | undefined {
  const before = near(place, -1);
  const beforeThat = near(place, -2);
  const reason = (penalty: number): Reason => ({ penalty, kind: 'NOUN_NUMBER', rule: 'noun-number' });
  if (to.form === 's' && own.has('base')) {
    const phrase = `${beforeThat === '' ? '' : `${near(place, -3)} ${beforeThat}`} ${before}`;
    if (PLURAL_AFTER.has(before) || PLURAL_AFTER_PHRASE.test(phrase)) return reason(ASKED);
    const isFurther =
      PLURAL_AFTER.has(beforeThat) || PLURAL_AFTER_PHRASE.test(`${near(place, -4)} ${near(place, -3)} ${beforeThat}`);
    return isFurther ? reason(LIKELY) : undefined;
  }
  if (to.form !== 'base' || !own.has('s')) return undefined;
  if (neverPlural.has(to.word)) return reason(ASKED - 1);
  const isPhrase = beforeThat === 'one' || near(place, 0).endsWith('ics');
  return SINGULAR_AFTER.has(before) && !isPhrase ? reason(ASKED) : undefined;
}

function verbReason(
  place: Place,
  own: ReadonlySet<Form>,
  to: Inflection,
  inflections: Inflections,
): Reason | undefined {
  const head = headBefore(place);
  const before = near(place, -1);
  const form = (penalty: number): Reason => ({ penalty, kind: 'VERB_FORM', rule: 'verb-form' });
  const agreement = (penalty: number): Reason => ({ penalty, kind: 'AGREEMENT', rule: 'verb-agreement' });
  const isDone = to.form === 'past' || to.form === 'participle';
  const isAfterTo = head === 'to';
  if (isAfterTo && ING_BEFORE_TO.has(near(place, -2)))
    return to.form === 'ing' && own.has('base') ? form(ASKED) : undefined;
  if (to.form === 'base' && BASE_AFTER.has(head) && !(isAfterTo && own.has('ing')))
    return form(own.has('s') && isAfterTo ? LIKELY : ASKED);
  if (isDone && PARTICIPLE_AFTER.has(head)) return form(ASKED);
  if (BE.has(head) && own.has('base') && (isDone || to.form === 'ing')) return form(LIKELY);
  if (to.form === 'ing' && own.has('base') && ING_AFTER.has(before)) return form(LIKELY);
  if (to.form === 's' && own.has('base') && THIRD_AFTER.has(head) && !BASE_AFTER.has(near(place, -2)))
    return agreement(ASKED);
  if (to.form === 'base' && own.has('s') && isPluralSubject(place, inflections)) return agreement(LIKELY);
  if (to.form === 'base' && own.has('s') && BASE_AFTER_SUBJECT.has(head))
    return agreement(head === 'who' ? LIKELY : ASKED);
  return undefined;
}

function unasked(own: ReadonlySet<Form>, to: Inflection): Reason {
  const isNumber = (to.form === 's' && own.has('base')) || (to.form === 'base' && own.has('s'));
  if (isNumber) return { penalty: UNASKED_NUMBER, kind: 'NOUN_NUMBER', rule: 'number-unasked' };
  // A past and an -ing form do the same work: which one is meant, three words cannot tell.
  const isOpen = (own.has('past') || own.has('participle')) && to.form === 'ing';
  return { penalty: isOpen ? NEVER : UNASKED, kind: 'VERB_FORM', rule: 'form-unasked' };
}

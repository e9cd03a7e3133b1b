import type { Inflections } from '../model/inflections.js';
import type { Option } from './lattice.js';
import { near, type Place, setOf } from './place.js';

const PREPOSITIONS = setOf('in on at to for of with by about from into as than during through');
const SWAP = 2.7;
/** Those that say more than that there is a relation. */
const SWAP_TELLING = 4;
const TELLING = setOf('during than through as about into');
const SWAP_USUAL = 0.7;
const INSERT = 3;
const INSERT_USUAL = 0.8;
const REMOVE = 4.5;
const REMOVE_WRONG = 0.3;
const REMOVE_WRONG_TO = 1;

const MODAL = setOf('would could should must might');

/** Verbs and other words that take no preposition before what they are about. */
const WITHOUT: Record<string, ReadonlySet<string>> = {
  about: setOf('discuss mention explain emphasize emphasise describe consider'),
  of: setOf('despite lack comprise besides'),
  to: setOf('reach contact attend answer visit enter approach join home abroad'),
  with: setOf('marry resemble contact'),
  in: setOf('enter'),
  into: setOf('enter'),
  for: setOf('go'),
};
/** Verbs that take one. */
const WITH: Record<string, ReadonlySet<string>> = {
  listen: setOf('to'),
  depend: setOf('on'),
  rely: setOf('on'),
  belong: setOf('to'),
  wait: setOf('for'),
  look: setOf('at for'),
  consist: setOf('of'),
  agree: setOf('with'),
  lead: setOf('to'),
  deal: setOf('with'),
  concentrate: setOf('on'),
  focus: setOf('on'),
  contribute: setOf('to'),
  participate: setOf('in'),
  search: setOf('for'),
  apply: setOf('for to'),
  care: setOf('about for'),
  think: setOf('about of'),
  talk: setOf('about to'),
  graduate: setOf('from'),
  according: setOf('to'),
  instead: setOf('of'),
  because: setOf('of'),
  kind: setOf('of'),
  kinds: setOf('of'),
  lot: setOf('of'),
  lots: setOf('of'),
  interested: setOf('in'),
  good: setOf('at for to'),
  married: setOf('to'),
  afraid: setOf('of'),
  famous: setOf('for'),
  proud: setOf('of'),
  full: setOf('of'),
  capable: setOf('of'),
  different: setOf('from'),
  related: setOf('to'),
  responsible: setOf('for'),
};
/** Only their infinitive needs `to`. */
const WITH_INFINITIVE = setOf(
  'want need decide hope plan learn try like able going allow ask expect prefer wish refuse tend',
);
const BARE_INFINITIVE_AFTER =
  setOf(`can could will would shall should may might must can't couldn't won't wouldn't shouldn't cannot
  let make makes made`);

/** Prepositions, and `to` before an infinitive, that may be missing before a word. */
export function missingPrepositions(place: Place, inflections: Inflections): Option[] {
  const before = near(place, -1);
  const word = near(place, 0);
  if (!(/^[a-z']+$/.test(before) && /^[a-z']+$/.test(word)) || PREPOSITIONS.has(before) || PREPOSITIONS.has(word))
    return [];
  const bases = new Set(inflections.basesOf(before).concat(before));
  const usual = new Set([...bases].flatMap((base) => [...(WITH[base] ?? [])]));
  const options = [...usual].map((preposition): Option => inserted(preposition, INSERT_USUAL));
  const isInfinitive = [...bases].some((base) => WITH_INFINITIVE.has(base)) && inflections.formsAs(word).has('base');
  if (!usual.has('to'))
    options.push({
      words: ['to'],
      penalty: isInfinitive ? INSERT_USUAL : INSERT,
      kind: 'VERB_FORM',
      rule: 'to-missing',
    });
  for (const preposition of ['of', 'in', 'on', 'at', 'for', 'with'])
    if (!usual.has(preposition)) options.push(inserted(preposition, INSERT));
  return options;
}

/** What may stand for a preposition; none when the word is no preposition. */
export function prepositionOptions(place: Place, inflections: Inflections): Option[] {
  const word = near(place, 0);
  if (!PREPOSITIONS.has(word)) return [];
  const before = near(place, -1);
  const bases = inflections.basesOf(before).concat(before);
  const usual = bases.flatMap((base) => [...(WITH[base] ?? [])]);
  const options = [...PREPOSITIONS]
    // Before a verb, `to` is no preposition.
    .filter((other) => other !== word && (word !== 'to' || usual.includes(other)))
    .map((other): Option => {
      const penalty =
        usual.includes(other) && !usual.includes(word) ? SWAP_USUAL : TELLING.has(word) ? SWAP_TELLING : SWAP;
      return { words: [other], penalty, kind: 'PREPOSITION', rule: 'preposition-choice' };
    });
  const isWrong = bases.some((base) => WITHOUT[word]?.has(base)) || isWrongOf(place, inflections);
  if (word === 'of' && MODAL.has(before))
    options.push({ words: ['have'], penalty: 0, kind: 'VERB_FORM', rule: 'of-for-have' });
  if (word === 'to') {
    if (!(isWrong || BARE_INFINITIVE_AFTER.has(before))) return options;
    return [...options, { words: [], penalty: REMOVE_WRONG_TO, kind: 'PREPOSITION', rule: 'to-extra' }];
  }
  return [
    ...options,
    { words: [], penalty: isWrong ? REMOVE_WRONG : REMOVE, kind: 'PREPOSITION', rule: 'preposition-extra' },
  ];
}

/** `most of people`, `enjoying of music`. */
function isWrongOf(place: Place, inflections: Inflections): boolean {
  if (near(place, 0) !== 'of') return false;
  const isPart = setOf('most some many several few');
  const isDetermined = setOf('the this that these those my your his her its our their them us you it all which whom');
  if (isPart.has(near(place, -1))) return !isDetermined.has(near(place, 1));
  return inflections.formsAs(near(place, -1)).has('ing') && !setOf('the a').has(near(place, -2));
}

function inserted(preposition: string, penalty: number): Option {
  return { words: [preposition], penalty, kind: 'PREPOSITION', rule: 'preposition-missing' };
}

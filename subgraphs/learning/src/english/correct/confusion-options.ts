import type { EnglishEditKind } from '../english-check.js';
import type { Inflections } from '../model/inflections.js';
import type { Option } from './lattice.js';
import { isPluralSubject, near, type Place, setOf } from './place.js';

interface Confusion {
  rule: string;
  kind: EnglishEditKind;
  penalty: number;
  /** Sets of words that are taken for one another, `_` for a space. */
  sets: string;
}

const CONFUSIONS: readonly Confusion[] = [
  {
    rule: 'confused-words',
    kind: 'WORD_CHOICE',
    penalty: 1.7,
    sets: `their there they're|its it's|your you're|then than|to too|loose lose|affect effect|advice advise|whose who's|were where|
      quite quiet|weather whether|accept except|though thought through|live life|off of|buy by|know now|much many|other another|
      others other|less fewer|almost most|some same|everyday every_day|maybe may_be|beside besides|sometime sometimes|
      fell feel|dose does|hard hardly|believe belief|breath breathe|choose chose|passed past|principal principle|
      desert dessert|peace piece|week weak|price prize|success succeed|die died dead|true truth|rise raise|
      percent percentage|lately late|this these|that those|he him|they them|we us|lay lie|no not|
      economic economical|safe safety|health healthy|important importance|different difference|difficult difficulty|
      easy easily|quick quickly|slow slowly|real really|usual usually|final finally|
      could've could_of|would've would_of|should've should_of`,
  },
  {
    rule: 'usage',
    kind: 'WORD_CHOICE',
    penalty: 2.6,
    sets: `make do|makes does|making doing|made did|say tell|said told|like as|also too|what that|which who|which that|when while|
      if whether|every all|good well|bad badly|his her|their his|lot lots|an and any|big great|look see`,
  },
  {
    rule: 'auxiliary',
    kind: 'TENSE',
    penalty: 4,
    sets: `is was|are were|has had|have had|do did|does did|don't didn't|doesn't didn't|isn't wasn't|aren't weren't|be been being is are am|
      will would|can could`,
  },
  {
    rule: 'agreement',
    kind: 'AGREEMENT',
    penalty: 2.4,
    sets: `is are am|was were|has have|does do|doesn't don't|isn't aren't|wasn't weren't|hasn't haven't`,
  },
];

const SINGULAR_SUBJECTS = setOf('he she it this that everyone everybody someone somebody nobody anyone everything');
const PLURAL_SUBJECTS = setOf('they we you these those people');
const SINGULAR_VERBS = setOf("is was has does doesn't isn't wasn't hasn't");
const PLURAL_VERBS = setOf("are were have do don't aren't weren't haven't");
const BE = setOf('is are was were am be');
const COMPARATIVE =
  /^(?:better|worse|best|worst|(?:easi|happi|bigg|small|larg|high|low|tall|old|young|fast|cheap|strong|hard|long|short|great|saf|nic|clean|healthi)(?:er|est))$/;
const MANY = setOf('many several two three four five six some few lots');
const AGREEING = 0.8;

const byWord = new Map<string, Option[]>();
for (const { sets, ...rest } of CONFUSIONS)
  for (const set of sets.split('|')) {
    const words = set.trim().split(' ');
    for (const word of words)
      for (const other of words)
        if (other !== word) {
          const option = { words: other.split('_'), penalty: rest.penalty, kind: rest.kind, rule: rest.rule };
          byWord.set(word, [...(byWord.get(word) ?? []), option]);
        }
  }

/** Words that learners take for this one. */
export function confusionOptions(place: Place, inflections: Inflections): Option[] {
  const options = byWord.get(near(place, 0)) ?? [];
  const fitting = options.map((option) => {
    if (option.rule === 'agreement') return agreeing(place, option, inflections);
    return isPluralFor(place, option, inflections) ? { ...option, penalty: AGREEING, rule: 'agreement' } : option;
  });
  return [...fitting, ...extraWords(place)];
}

/** `this books`: the noun can only be a plural. */
function isPluralFor(place: Place, { words: [word = ''] }: Option, inflections: Inflections): boolean {
  if (!/^(?:these|those)$/.test(word)) return false;
  const forms = inflections.formsAs(near(place, 1));
  return forms.has('s') && !forms.has('base');
}

/** `am agree`, `more better`. */
function extraWords(place: Place): Option[] {
  const [word, next] = [near(place, 0), near(place, 1)];
  const isExtra =
    (BE.has(word) && /^(?:dis)?agree$/.test(next)) || (/^(?:more|most)$/.test(word) && COMPARATIVE.test(next));
  return isExtra ? [{ words: [], penalty: 0, kind: 'EXTRA_WORD', rule: 'extra-word' }] : [];
}

/** Cheaper when the subject stands just before the verb. */
function agreeing(place: Place, option: Option, inflections: Inflections): Option {
  const subject = near(place, -1);
  const [verb = ''] = option.words;
  const fits =
    (SINGULAR_SUBJECTS.has(subject) && SINGULAR_VERBS.has(verb)) ||
    (PLURAL_SUBJECTS.has(subject) && PLURAL_VERBS.has(verb));
  const isBehindPreposition = setOf('of in with for').has(near(place, -2));
  const isMany = subject === 'there' && MANY.has(near(place, 1)) && PLURAL_VERBS.has(verb);
  if (PLURAL_VERBS.has(verb) && isPluralSubject(place, inflections)) return { ...option, penalty: AGREEING };
  return isMany || (fits && !isBehindPreposition) ? { ...option, penalty: AGREEING } : option;
}

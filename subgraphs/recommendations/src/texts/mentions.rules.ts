import { FEELINGS, NEGATIONS, NO_NEGATIONS } from './feelings.js';
import { PhraseBook, type PhraseMatch, type WrittenWord, writtenWordsOf } from './phrases.js';
import { TOPIC_PHRASES, type TutorTopic, tutorTopics } from './topics.js';

/** How a text speaks of something. */
export type Tone = 'PRAISE' | 'COMPLAINT' | 'NEUTRAL';

/** A topic of one text. */
export interface Mention {
  topic: TutorTopic;
  tone: Tone;
}

/** What one text says. */
export interface TextReading {
  /** Each topic once. */
  mentions: Mention[];
  /** Good and bad that it says, counted by words and phrases. */
  good: number;
  bad: number;
}

/** A phrase about a topic: well said, ill said, or only named. */
interface TopicPhrase {
  topic: TutorTopic;
  sign: 1 | -1 | 0;
}

/** A feeling without a topic; 0: too little or too much of something. */
type Feeling = 1 | -1 | 0;

/** A piece of a text within which feelings belong together: between commas, or between conjunctions that contrast. */
type Segment = readonly WrittenWord[];

/** A topic, and whether it is said well (1) or ill (-1) of somebody. */
type ToldTopic = readonly [topic: TutorTopic, sign: number];

/** What a segment says. */
interface SegmentReading {
  told: readonly ToldTopic[];
  /** Topics of which it says nothing clear by itself. */
  named: readonly TutorTopic[];
  /** 1 good, -1 bad, 0 neither or both. */
  feeling: number;
  good: number;
  bad: number;
}

/** A negation turns what stands so many words after it. */
const REACH = 3;
const CLAUSE_ENDS =
  /[.!?…;\n()«»"“”]+|\s[—–-]\s|,?\s(?=(?:но|однако|зато|хотя|кроме|but|although|though|however|except|yet|whereas)\s)|,\s(?=(?:а|единственн\p{L}+|only)\s)/iu;
const JOINTS = new Set(['и', 'and', 'да']);

const TOPICS = topicBook();
const FEELING_BOOK = feelingBook();
const NO_NEGATION_LIST = NO_NEGATIONS.map((phrase) => phrase.split(' '));

/** What a text says of a tutor. Pure: the same text is always read in the same way, without any model. */
export function readText(text: string): TextReading {
  const clauses = text.split(CLAUSE_ENDS).map((clause) => clause.split(/[,:]/).map(writtenWordsOf));
  const signs = new Map<TutorTopic, number[]>();
  const total = { good: 0, bad: 0 };
  for (const segments of clauses) {
    const felt = segments.map(feelingsOf);
    const clauseFeeling = sum(felt.map(({ feeling }) => feeling));
    for (const { good, bad, feeling, told, named } of felt) {
      total.good += good;
      total.bad += bad;
      const about = named.map((topic): ToldTopic => [topic, Math.sign(feeling || clauseFeeling)]);
      for (const [topic, sign] of [...told, ...about]) signs.set(topic, [...(signs.get(topic) ?? []), sign]);
    }
  }
  const mentions = tutorTopics.flatMap((topic) => {
    const said = signs.get(topic);
    // Of as much praise as complaint, what was said last stays: «дорого, но стоит того».
    return said ? [{ topic, tone: toneOf(sum(said) || (said.at(-1) ?? 0)) }] : [];
  });
  return { mentions, ...total };
}

function topicBook(): PhraseBook<TopicPhrase> {
  const book = new PhraseBook<TopicPhrase>();
  for (const phrases of TOPIC_PHRASES) {
    for (const topic of tutorTopics) {
      const { praise = '', complaint = '', about = '' } = phrases[topic];
      book.add(praise, { topic, sign: 1 }).add(complaint, { topic, sign: -1 }).add(about, { topic, sign: 0 });
    }
  }
  return book;
}

function feelingBook(): PhraseBook<Feeling> {
  const book = new PhraseBook<Feeling>();
  for (const words of FEELINGS.good) book.add(words, 1);
  for (const words of FEELINGS.bad) book.add(words, -1);
  for (const words of FEELINGS.missing) book.add(words, 0);
  return book;
}

/** What a segment says: clearly of topics, of others only their names, and how it feels in all. */
function feelingsOf(segment: Segment): SegmentReading {
  const felt = matchesOf(FEELING_BOOK, segment, () => '');
  const isMissing = felt.some((match) => match.value === 0 && !isNegated(match, segment));
  const plain = felt.filter(({ value }) => value !== 0).map((match) => match.value * turned(match, segment));
  const topics = matchesOf(TOPICS, segment, ({ topic }) => topic);
  const told = topics
    .filter(({ value }) => value.sign !== 0)
    .map((match): ToldTopic => [match.value.topic, signOf(match, segment, isMissing)]);
  const clear = new Set(told.map(([topic]) => topic));
  const named = topics.map(({ value }) => value.topic).filter((topic) => !clear.has(topic));
  const all = [...plain, ...told.map(([, sign]) => sign), ...(isMissing ? [-1] : [])];
  const good = all.filter((sign) => sign > 0).length;
  const bad = all.length - good;
  return { told, named, feeling: isMissing ? -1 : Math.sign(good - bad), good, bad };
}

/** Phrases of a segment: of those that share a word the longest, or both of two that are equally long phrases. */
function matchesOf<Value>(
  book: PhraseBook<Value>,
  segment: Segment,
  about: (value: Value) => unknown,
): PhraseMatch<Value>[] {
  const taken = new Map<number, { length: number; subjects: unknown[] }>();
  return book
    .find(segment, isNegation)
    .sort((a, b) => b.places.length - a.places.length)
    .filter(({ places: { length }, places, value }) => {
      const subject = about(value);
      const isTaken = (place: number): boolean => {
        const by = taken.get(place);
        return by !== undefined && (by.length > length || length === 1 || by.subjects.includes(subject));
      };
      if (places.some(isTaken)) return false;
      for (const place of places) {
        taken.set(place, { length, subjects: [...(taken.get(place)?.subjects ?? []), subject] });
      }
      return true;
    });
}

function signOf(match: PhraseMatch<TopicPhrase>, segment: Segment, isMissing: boolean): number {
  const sign = match.value.sign * turned(match, segment);
  return isMissing && sign > 0 ? -1 : sign;
}

function turned(match: PhraseMatch<unknown>, segment: Segment): 1 | -1 {
  return isNegated(match, segment) ? -1 : 1;
}

/** Does a negation stand shortly before a phrase, or «нет», «не было» right after it? Two of them are one in Russian. */
function isNegated({ places }: PhraseMatch<unknown>, segment: Segment): boolean {
  const [first = 0] = places;
  if (places.some((place) => isNegation(segment[place]))) return false;
  const [next, afterNext] = segment.slice((places.at(-1) ?? 0) + 1);
  if (next?.written === 'нет' || (next?.written === 'не' && afterNext?.written.startsWith('бы'))) return true;
  for (let place = first - 1; place >= Math.max(0, first - REACH); place--) {
    if (JOINTS.has(segment[place]?.written ?? '')) return false;
    if (isNegation(segment[place]) && !isNoNegation(segment, place)) return true;
  }
  return false;
}

function isNegation(word: WrittenWord | undefined): boolean {
  return word !== undefined && NEGATIONS.has(word.written);
}

function isNoNegation(segment: Segment, place: number): boolean {
  return NO_NEGATION_LIST.some((phrase) => phrase.every((word, index) => segment[place + index]?.written === word));
}

function toneOf(sign: number): Tone {
  if (sign === 0) return 'NEUTRAL';
  return sign > 0 ? 'PRAISE' : 'COMPLAINT';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

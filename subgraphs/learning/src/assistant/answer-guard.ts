import { wordsOf } from '@tutorgraph/kit/ai/local-words';
import { findForbidden, type Suspicion } from './forbidden.rules.js';
import { NOTHING_FOUND, OFF_TOPIC, type Source } from './prompt.rules.js';

/** What an answer must not be, or lacks. */
export type RejectionReason =
  | Suspicion
  | 'ungrounded'
  | 'no citation'
  | 'unknown citation'
  | 'too long'
  | 'repetition'
  | 'empty';

/** A model's answer that nobody may see. */
export class AnswerRejected extends Error {
  override readonly name = 'AnswerRejected';

  constructor(readonly reason: RejectionReason) {
    super(`The model's answer was rejected: ${reason}`);
  }
}

/** What a model's answer turned out to be when it was complete. */
export type Verdict = { kind: 'answer'; rest: string; cited: number[] } | { kind: 'nothing found' | 'off topic' };

/** What the guard compares with. */
export interface GuardOptions {
  sources: readonly Source[];
  /** The prompt's instructions, the secret word included. */
  instructions: string;
  secret: string;
  mostCharacters: number;
}

const SENTENCE_END = /(?:[.!?…:]["»”)\]]*|\])\s+|\n+/g;
/** Fewer words than these say too little to be judged. */
const WORDS_TO_JUDGE = 8;
const WORDS_OF_SENTENCE = 6;
/** Of all words of the answer that mean something, so many must stand in the sources … */
const KNOWN_OF_ALL = 0.4;
/** … and of each sentence; examples are the model's own. */
const KNOWN_OF_SENTENCE = 0.15;
/** So often an answer may say the same. */
const MOST_REPEATS = 2;
/** Characters of what was released already that are looked at again with what follows. */
const OVERLAP = 300;

/** Words with which anything is explained. */
const TEACHING = `пример например правило предложение слово фраза глагол форма время использовать употреблять значит смысл говорить сказать писать
  ошибка правильно неправильно разница сравнить английский русский язык урок вопрос ответ школа
  example rule sentence word phrase verb form tense use mean say write mistake correct wrong difference compare english russian language
  lesson question answer school`;
const TEACHING_STEMS: ReadonlySet<string> = new Set(wordsOf(TEACHING).map(({ stem }) => stem));

/**
 * Reads a model's answer before anybody else does. It trusts nothing the model was told: text is released sentence by
 * sentence, when what has come so far keeps to the sources and holds nothing that an answer of ours cannot hold.
 */
export class AnswerGuard {
  private readonly known: ReadonlySet<string>;
  private readonly material: string;
  private readonly cited = new Set<number>();
  private readonly sentences = new Map<string, number>();
  private readonly words = { all: 0, known: 0 };
  private text = '';
  private released = 0;

  constructor(private readonly options: GuardOptions) {
    this.material = options.sources.map(({ title, text }) => `${title}\n${text}`).join('\n');
    this.known = new Set(wordsOf(this.material).map(({ stem }) => stem));
  }

  /** Takes a piece and gives what may be shown now. @throws AnswerRejected */
  push(piece: string): string {
    this.text += piece;
    if (this.text.length > this.options.mostCharacters) throw new AnswerRejected('too long');
    let end = this.released;
    for (const match of this.text.slice(this.released).matchAll(SENTENCE_END)) {
      end = this.released + match.index + match[0].length;
    }
    if (end === this.released) return '';
    const said = this.words.all + meaningful(this.text.slice(this.released, end)).length;
    return said < WORDS_TO_JUDGE ? '' : this.release(end);
  }

  /** Takes the end of the answer and gives the rest of it. @throws AnswerRejected */
  finish(): Verdict {
    const whole = this.text.trim();
    if (whole === NOTHING_FOUND) return { kind: 'nothing found' };
    if (whole === OFF_TOPIC) return { kind: 'off topic' };
    if (!whole) throw new AnswerRejected('empty');
    const rest = this.release(this.text.length);
    if (this.cited.size === 0) throw new AnswerRejected('no citation');
    return { kind: 'answer', rest, cited: [...this.cited] };
  }

  private release(end: number): string {
    const piece = this.text.slice(this.released, end);
    // What is forbidden may begin in what was released.
    const seen = this.text.slice(Math.max(0, this.released - OVERLAP), end);
    const forbidden = findForbidden(seen, { ...this.options, material: this.material });
    if (forbidden) throw new AnswerRejected(forbidden);
    this.cite(piece);
    this.judge(piece);
    this.released = end;
    return piece;
  }

  private cite(piece: string): void {
    for (const [, number] of piece.matchAll(/\[(\d+)\]/g)) {
      const isKnown = this.options.sources.some((source) => source.number === Number(number));
      if (!isKnown) throw new AnswerRejected('unknown citation');
      this.cited.add(Number(number));
    }
  }

  private judge(piece: string): void {
    for (const sentence of piece.split(SENTENCE_END)) {
      const words = meaningful(sentence);
      if (words.length === 0) continue;
      const known = words.filter((stem) => this.known.has(stem) || TEACHING_STEMS.has(stem)).length;
      if (words.length >= WORDS_OF_SENTENCE && known / words.length < KNOWN_OF_SENTENCE)
        throw new AnswerRejected('ungrounded');
      this.words.all += words.length;
      this.words.known += known;
      this.count(words.join(' '));
    }
    if (this.words.known < KNOWN_OF_ALL * this.words.all) throw new AnswerRejected('ungrounded');
  }

  private count(sentence: string): void {
    const times = (this.sentences.get(sentence) ?? 0) + 1;
    this.sentences.set(sentence, times);
    if (times > MOST_REPEATS) throw new AnswerRejected('repetition');
  }
}

function meaningful(text: string): string[] {
  const words = wordsOf(text.replace(/\[\d+\]/g, ' '));
  return words
    .filter(({ stem, isStopWord }) => !isStopWord && stem.length > 1 && !/^\d+$/.test(stem))
    .map(({ stem }) => stem);
}

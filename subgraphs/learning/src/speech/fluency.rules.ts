import { fillersOf, tokensOf } from './fillers.rules.js';

/** How fast somebody speaks, beside what is usual for learners. */
export const paces = ['SLOW', 'USUAL', 'FAST'] as const;
/** @see paces */
export type Pace = (typeof paces)[number];

/** A part of a recording, in seconds from its beginning. */
interface Part {
  startsAt: number;
  endsAt: number;
}

/** What was said, and when. */
export interface Said {
  text: string;
  /** Seconds of the recording. */
  duration: number;
  words: readonly Part[];
  segments: readonly Part[];
}

/** A silence within what was said. */
export interface Pause {
  startsAt: number;
  seconds: number;
}

/** How fluent something was. */
export interface Fluency {
  /** Words, fillers not counted. */
  wordCount: number;
  /** From the first word to the last, without pauses. */
  speakingSeconds: number;
  /** Null where too little was said. */
  wordsPerMinute: number | null;
  pace: Pace | null;
  pauses: Pause[];
  fillers: { text: string; count: number }[];
  /** In a minute of speaking; null where too little was said. */
  fillersPerMinute: number | null;
}

/**
 * Words a minute within which the pace of a learner is nothing to remark on: a rule of thumb of ours, from dictation's pace to
 * that of a calm conversation between native speakers.
 */
export const USUAL_PACE = { least: 90, most: 160 } as const;
/** Seconds of silence that listeners notice. Times of words are exact to some tenths of a second only, so that less says nothing. */
export const LEAST_PAUSE = 1;
/** Less speech than this tells nothing of a pace. */
const LEAST_SPEAKING_SECONDS = 5;
const LEAST_WORDS = 8;

/** Counts what can be counted in what was said. Without times of words those of segments must do. */
export function fluencyOf({ text, duration, words, segments }: Said): Fluency {
  const parts = (words.length > 0 ? words : segments).toSorted((one, other) => one.startsAt - other.startsAt);
  const { span, pauses } = silencesIn(parts, duration);
  const speakingSeconds = tenths(Math.max(0, span - pauses.reduce((sum, { seconds }) => sum + seconds, 0)));
  const fillers = fillersOf(text);
  const spoken = fillers.reduce((kept, { start, end }) => blanked(kept, start, end), text);
  const wordCount = tokensOf(spoken).length;
  const tells = speakingSeconds >= LEAST_SPEAKING_SECONDS && wordCount >= LEAST_WORDS;
  const wordsPerMinute = tells ? Math.round((wordCount * 60) / speakingSeconds) : null;
  return {
    wordCount,
    speakingSeconds,
    wordsPerMinute,
    pace: wordsPerMinute === null ? null : paceOf(wordsPerMinute),
    pauses,
    fillers: counted(fillers.map((filler) => filler.text)),
    fillersPerMinute: tells ? tenths((fillers.length * 60) / speakingSeconds) : null,
  };
}

function silencesIn(parts: readonly Part[], duration: number): { span: number; pauses: Pause[] } {
  const [first] = parts;
  if (!first) return { span: duration, pauses: [] };
  const pauses: Pause[] = [];
  let until = first.startsAt;
  for (const { startsAt, endsAt } of parts) {
    const seconds = tenths(startsAt - until);
    if (seconds >= LEAST_PAUSE) pauses.push({ startsAt: tenths(until), seconds });
    until = Math.max(until, endsAt);
  }
  return { span: until - first.startsAt, pauses };
}

function paceOf(wordsPerMinute: number): Pace {
  if (wordsPerMinute < USUAL_PACE.least) return 'SLOW';
  return wordsPerMinute > USUAL_PACE.most ? 'FAST' : 'USUAL';
}

function blanked(text: string, start: number, end: number): string {
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
}

/** The most frequent first. */
function counted(texts: readonly string[]): { text: string; count: number }[] {
  const groups = [...Map.groupBy(texts, (text) => text)];
  return groups.map(([text, all]) => ({ text, count: all.length })).toSorted((one, other) => other.count - one.count);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

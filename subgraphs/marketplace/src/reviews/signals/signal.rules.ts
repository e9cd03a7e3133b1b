import type { SignalKind, StoredSignal } from './stored-signal.js';

/** Which rules weighed; change it with them. */
export const SIGNAL_RULES = 'review-signals-1';

/** From this suspicion on a review is kept from others until staff decides: no signal reaches it alone. */
export const SUSPECT_FROM = 0.75;

/** What is known around a review. */
export interface Surroundings {
  rating: number;
  /** How its text sounds, −1 to 1; null when it does not say. */
  sentiment: number | null;
  /** Reviews of the tutor in the last 48 hours, this one included, and what is usual in as long. */
  recent: number;
  usual: number;
  /** Other students who reviewed this tutor from the same network within 90 days. */
  sameNetwork: number;
  /** The greatest share of its text that is in another student's or in another review of the tutor, 0 to 1. */
  likeness: number;
  /** Reviews that the student wrote within a year, how many give the best and the worst rating, and of how many tutors. */
  written: number;
  best: number;
  worst: number;
  tutors: number;
  /** Completed lessons of the tutor, and how many of them were with this student. */
  lessons: number;
  together: number;
}

/** How much a signal at its strongest weighs alone. */
const WEIGHTS: Readonly<Record<SignalKind, number>> = {
  SENTIMENT_MISMATCH: 0.35,
  BURST: 0.5,
  SAME_NETWORK: 0.6,
  NEAR_DUPLICATE: 0.65,
  ONE_SIDED: 0.35,
  CLOSED_PAIR: 0.3,
};

const LEAST_BURST = 5;
const RARE = 1e-3;
const RAREST = 1e-9;
const LEAST_LIKENESS = 0.5;
const LEAST_WRITTEN = 4;
const LEAST_LESSONS = 6;
const CLOSED_SHARE = 0.8;

/** What speaks for a review that was not meant honestly, the strongest first. */
export function signalsOf(around: Surroundings): StoredSignal[] {
  const found = [
    mismatch(around),
    burst(around),
    sameNetwork(around),
    duplicate(around),
    oneSided(around),
    pair(around),
  ];
  return found.filter((signal) => signal !== null).sort((a, b) => weigh(b) - weigh(a));
}

/** All signals together: how likely it is that one of them is right, were each as sure as its weight. */
export function suspicionOf(signals: readonly StoredSignal[]): number {
  return 1 - signals.reduce((left, signal) => left * (1 - weigh(signal)), 1);
}

function weigh({ kind, score }: StoredSignal): number {
  return WEIGHTS[kind] * score;
}

/** Five stars for what sounds angry, or one for what sounds delighted. */
function mismatch({ rating, sentiment }: Surroundings): StoredSignal | null {
  if (sentiment === null) return null;
  const gap = Math.abs((rating - 3) / 2 - sentiment);
  return gap < 1.2 ? null : signal('SENTIMENT_MISMATCH', (gap - 1.2) / 0.6, { rating, sentiment: percent(sentiment) });
}

/** So many at once would be rare were they written at the usual rate (Poisson). */
function burst({ recent, usual }: Surroundings): StoredSignal | null {
  if (recent < LEAST_BURST) return null;
  const chance = poissonTail(recent, Math.max(usual, 0.5));
  if (chance > RARE) return null;
  const score = Math.log(chance / RARE) / Math.log(RAREST / RARE);
  return signal('BURST', 0.4 + 0.6 * score, { recent, usual: Math.round(usual * 10) / 10 });
}

function sameNetwork({ sameNetwork: students }: Surroundings): StoredSignal | null {
  return students === 0 ? null : signal('SAME_NETWORK', students === 1 ? 0.6 : 1, { students });
}

function duplicate({ likeness }: Surroundings): StoredSignal | null {
  if (likeness < LEAST_LIKENESS) return null;
  return signal('NEAR_DUPLICATE', 0.4 + (0.6 * (likeness - LEAST_LIKENESS)) / (1 - LEAST_LIKENESS), {
    share: percent(likeness),
  });
}

/** Somebody who praises one tutor again and again and nobody else, or who gives nothing but the worst. */
function oneSided({ written, best, worst, tutors }: Surroundings): StoredSignal | null {
  if (written < LEAST_WRITTEN) return null;
  const onlyPraise = best === written && tutors === 1;
  if (!onlyPraise && worst !== written) return null;
  return signal('ONE_SIDED', Math.min(1, written / 8), { written, rating: onlyPraise ? 5 : 1 });
}

/** Nearly all lessons of a tutor are with this one student. */
function pair({ lessons, together }: Surroundings): StoredSignal | null {
  if (lessons < LEAST_LESSONS || together / lessons < CLOSED_SHARE) return null;
  return signal('CLOSED_PAIR', together / lessons, { lessons, together });
}

function signal(kind: SignalKind, score: number, facts: Record<string, number>): StoredSignal {
  return { kind, score: Math.round(Math.max(0, Math.min(1, score)) * 100) / 100, facts };
}

function percent(share: number): number {
  return Math.round(share * 100);
}

/** How likely `least` or more are where `mean` are usual. */
function poissonTail(least: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let count = 0; count < least; count++) {
    below += term;
    term *= mean / (count + 1);
  }
  return Math.max(1 - below, Number.EPSILON);
}

import { createHash } from 'node:crypto';
import type { TutorFacts } from '../ranking/features.js';

/** Whom exploration may show. */
interface Explorable {
  tutorId: string;
  facts: Pick<TutorFacts, 'createdAt' | 'applicationCount' | 'reviewCount'>;
  steps: number;
  explored: boolean;
}

/** The place that is given away, from 0: seen by nearly all, and not by those who take the first. */
const EXPLORED_PLACE = 4;
/** Nobody is put forward in a list that is shorter: all of it is seen anyway. */
const SHORTEST = 10;
/** Of those who may be put forward, the best so many. */
const CHOICE = 20;
const DAY = 24 * 60 * 60 * 1000;
/** Who came within so many days is a newcomer. */
export const NEWCOMER_DAYS = 30;
/** Who has fewer of both is not known well enough to be ranked well. */
const FEW_REVIEWS = 3;
const FEW_APPLICATIONS = 5;

/**
 * Gives the fifth place to a tutor of whom too little is known for the ranking to be sure: a newcomer, or one with hardly
 * any reviews and applications, who fulfils all that was asked. Without it nobody new could ever show that the ranking is
 * wrong. Which of the best twenty of them it is depends on the wish and the day, so that the list stands still for a day.
 *
 * @param seed names the wish
 */
export function explore<Tutor extends Explorable>(ranked: readonly Tutor[], seed: string, now: Date): Tutor[] {
  if (ranked.length < SHORTEST) return [...ranked];
  const isShown = ranked.slice(0, EXPLORED_PLACE + 1).some(({ facts }) => isUncertain(facts, now));
  const choice = ranked
    .slice(EXPLORED_PLACE + 1)
    .filter(({ facts, steps }) => steps === 0 && isUncertain(facts, now))
    .slice(0, CHOICE);
  // One of them has come so far by themselves.
  if (isShown || choice.length === 0) return [...ranked];
  const chosen = choice[draw(`${seed}:${now.toISOString().slice(0, 10)}`, choice.length)];
  if (!chosen) return [...ranked];
  const others = ranked.filter((one) => one !== chosen);
  others.splice(EXPLORED_PLACE, 0, { ...chosen, explored: true });
  return others;
}

/** Is too little known of a tutor? */
function isUncertain(facts: Explorable['facts'], now: Date): boolean {
  if (now.getTime() - facts.createdAt.getTime() < NEWCOMER_DAYS * DAY) return true;
  return facts.reviewCount < FEW_REVIEWS && facts.applicationCount < FEW_APPLICATIONS;
}

/** A number below `count` that is always the same for a text. */
function draw(text: string, count: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % count;
}

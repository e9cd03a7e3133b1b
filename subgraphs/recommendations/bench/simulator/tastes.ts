import { hoursOverlap } from '@tutorgraph/recommendations/ranking/features';
import { learningStyles } from '@tutorgraph/recommendations/ranking/wish';
import { CITIES, type SimulatedOrder, type SimulatedTutor, type Styles } from './people.ts';

/** What a student can know of a tutor from a card or profile, besides the profile itself. */
export interface Reputation {
  /** The mean rating, drawn to the usual one where reviews are few; as stars are understood. */
  rating: number;
  reviewCount: number;
  /** Lessons a week that are agreed, by those that there is time for. */
  load: number;
}

/** What an arranged lesson takes, besides the two people: things come between in one case of twenty. */
export const ARRANGED = 0.95;
/** Usual rating: what a tutor without reviews is taken for, or a little less. */
const USUAL_RATING = 4.6;

/**
 * What a tutor is worth to a student once they know them, in log-odds of staying: what nobody is told. Somebody who is
 * right in every way and teaches usually well has about 1.
 */
export function utility(order: SimulatedOrder, tutor: SimulatedTutor): number {
  const { cares, styles } = order.hidden;
  const style = likeness(styles, tutor.hidden.styles);
  return (
    0.2 +
    0.9 * cares.quality * tutor.hidden.quality +
    1.6 * cares.style * style +
    0.9 * cares.topics * cosine(order.hidden.topics, tutor.hidden.topics) +
    visibleUtility(order, tutor)
  );
}

/** The part of the utility that a profile tells truly: price, hours, experience, level, distance. */
function visibleUtility({ hidden, level, city }: SimulatedOrder, { profile }: SimulatedTutor): number {
  const { cares, willingMinor, hours } = hidden;
  const tooDear = Math.max(0, Math.log(profile.rateMinor / willingMinor));
  const saved = Math.min(0.4, Math.max(0, -Math.log(profile.rateMinor / willingMinor)));
  const overlap = hoursOverlap(profile.hours, hours);
  // Whoever prepares for an exam wants experience more than the parents of a small child do.
  const experience = ['EXAM', 'UNIVERSITY'].includes(level) ? 0.6 : 0.2;
  return (
    -3.5 * cares.price * tooDear +
    0.8 * cares.price * saved +
    // Two common hours or ten are nearly the same; hardly any are no good.
    cares.hours * (overlap < 0.1 ? -2 : 0.6 * Math.min(overlap, 0.5)) +
    experience * cares.experience * (Math.min(Math.log1p(profile.experienceYears), 2.5) - 1.6) +
    (profile.levels.includes(level) ? 0 : -1.2) -
    (city === null ? 0 : 0.35 * cares.distance * Math.log1p(kilometres(city, profile.city)))
  );
}

/** How a tutor looks on a card: price, stars, experience, place; before the noise of a glance. */
export function cardAppeal(order: SimulatedOrder, tutor: SimulatedTutor, reputation: Reputation): number {
  return visibleUtility(order, tutor) + trust(order, tutor, reputation) + 0.5 * textAppeal(order, tutor);
}

/** How a tutor looks to whoever has read profile and reviews: texts tell something of style and topics. */
export function profileAppeal(order: SimulatedOrder, tutor: SimulatedTutor, reputation: Reputation): number {
  const styles = tutor.profile.styles ? likeness(order.hidden.styles, tutor.profile.styles) : 0;
  return (
    visibleUtility(order, tutor) +
    trust(order, tutor, reputation) +
    textAppeal(order, tutor) +
    0.8 * order.hidden.cares.style * styles
  );
}

function textAppeal(order: SimulatedOrder, tutor: SimulatedTutor): number {
  return 0.7 * order.hidden.cares.topics * cosine(order.hidden.topics, tutor.profile.topics);
}

function trust({ hidden: { cares } }: SimulatedOrder, tutor: SimulatedTutor, { rating, reviewCount }: Reputation) {
  const stars = 1.4 * cares.quality * (rating - USUAL_RATING);
  return stars + cares.trust * (0.12 * Math.log1p(reviewCount) + (tutor.profile.isVerified ? 0.2 : 0) - 0.3);
}

/** How likely a tutor who is asked wants the student: after Airbnb, hosts choose, too. */
export function acceptance(order: SimulatedOrder, tutor: SimulatedTutor, load: number): number {
  if (order.day >= tutor.hidden.quietFrom) return 0;
  const underpaid = order.budgetMinor === null ? 0 : Math.max(0, Math.log(tutor.profile.rateMinor / order.budgetMinor));
  const isTaught = tutor.profile.levels.includes(order.level);
  return sigmoid(tutor.hidden.eagerness + 0.6 - 4 * Math.max(0, load - 0.5) - 4 * underpaid + (isTaught ? 0.4 : -1.2));
}

/** How likely a tutor answers while the student still waits. */
function punctuality(order: SimulatedOrder, tutor: SimulatedTutor): number {
  return sigmoid(Math.log(order.hidden.waitMinutes / tutor.hidden.answerMinutes) / ANSWER_SPREAD);
}

/** How much answers of one tutor differ: the scale of a logistic distribution of the logarithm of minutes. */
export const ANSWER_SPREAD = 0.45;

/** How likely a student takes a second lesson after a first one, and another one after those. */
export function staying(utilityOf: number, lessons: number): number {
  return lessons === 1 ? sigmoid(0.9 * utilityOf) : Math.min(0.97, sigmoid(1.5 + 0.9 * utilityOf));
}

/**
 * What a place in a list is truly good for, free of noise: the chance that the two become a lasting match if the student
 * turns to this tutor. They want the student, answer in time, the first lesson takes place, and a second one follows.
 */
export function worth(order: SimulatedOrder, tutor: SimulatedTutor, load: number): number {
  const { reliability } = tutor.hidden;
  const stays = staying(utility(order, tutor), 1);
  // A second lesson that is called off may be held later, if the student still wants to.
  const second = (stays * reliability) / (1 - stays * (1 - reliability));
  return acceptance(order, tutor, load) * punctuality(order, tutor) * ARRANGED * reliability * second;
}

/** Kilometres from where lessons in person are wanted; far for whoever teaches nowhere. */
export function kilometres(city: number, other: number | null): number {
  return other === null ? 1_000 : Math.abs((CITIES[city] ?? 0) - (CITIES[other] ?? 0));
}

/** 1 / (1 + e^−x). */
export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** The cosine of two directions of length 1. */
export function cosine(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, axis) => sum + value * (other[axis] ?? 0), 0);
}

/** How well two sets of styles go together, about −1 to 1: their correlation. */
function likeness(one: Styles, other: Styles): number {
  let [both, left, right] = [0, 0, 0];
  for (const style of learningStyles) {
    const [a, b] = [one[style] - 0.5, other[style] - 0.5];
    both += a * b;
    left += a * a;
    right += b * b;
  }
  return both / Math.sqrt(left * right || 1);
}

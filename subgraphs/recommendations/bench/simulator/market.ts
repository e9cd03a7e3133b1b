import { Random } from '@tutorgraph/kit/demo/random';
import { makeOrder, makeTutor, type SimulatedOrder, type SimulatedTutor } from './people.ts';
import {
  emptyHistory,
  type History,
  kindOf,
  type MarketSize,
  median,
  nothingYet,
  type Relation,
  type ShownOutcome,
  type State,
  USUAL_SIZE,
} from './records.ts';
import type { Reputation } from './tastes.ts';
import { ANSWER_SPREAD, ARRANGED, acceptance, cardAppeal, profileAppeal, sigmoid, staying, utility } from './tastes.ts';

/** Who is shown for an order, and who wants to know what becomes of it. */
export interface Listing {
  /** Indexes of tutors, the first at the top. */
  shown: readonly number[];
  /** Given what becomes of each, which grows in the days that follow. */
  note?(outcomes: readonly ShownOutcome[]): void;
}

/** Says who is shown for an order. */
export type Show = (order: SimulatedOrder, market: SimulatedMarket) => Listing;

/** A student asks so many tutors at most. */
const MOST_ASKED = 5;
const RECENT_DAYS = 90;
const DAYS_BETWEEN_LESSONS = 5;
const REVIEW_CHANCE = 0.35;
const ANSWERS_KEPT = 25;
/** Somebody of whom nothing is known is taken for so many reviews of the usual rating. */
const PRIOR_REVIEWS = 3;
const USUAL_RATING = 4.6;

/**
 * A market that goes from day to day. All chance comes from the seed and what it is about, never from what was drawn
 * before: copies that show the same people for an order see the same happen, so that rankings can be compared in pairs.
 */
export class SimulatedMarket {
  readonly state: State;

  constructor(state: State) {
    this.state = state;
  }

  static open(seed: number, size: MarketSize = USUAL_SIZE): SimulatedMarket {
    const market = new SimulatedMarket({
      ...{ seed, day: 0, orders: 0, size, mostChosen: {} },
      ...{ tutors: [], histories: [], relations: [] },
    });
    for (let index = 0; index < size.tutors; index++) market.admit(-index % 300);
    return market;
  }

  /** The same market once more, to go another way from here. */
  copy(): SimulatedMarket {
    return new SimulatedMarket(structuredClone(this.state));
  }

  /** Lives so many days; each order of theirs is shown whom `show` says. */
  live(days: number, show: Show): void {
    for (let end = this.state.day + days; this.state.day < end; this.state.day++) {
      const newcomers = new Random('arrivals', this.state.seed, this.state.day);
      const { arrivals, orders } = this.state.size;
      const come = Math.floor(arrivals) + Number(newcomers.chance(arrivals % 1));
      for (let index = 0; index < come; index++) this.admit(this.state.day);
      for (let index = 0; index < orders; index++) {
        const order = this.nextOrder();
        this.answer(order, show(order, this));
      }
      this.holdLessons();
    }
  }

  /** The next order that somebody posts. */
  nextOrder(): SimulatedOrder {
    const { seed, orders, day } = this.state;
    this.state.orders += 1;
    return makeOrder(seed, orders, day);
  }

  /** Lessons a week that are agreed with a tutor, by those that they have time for. */
  load(tutor: number): number {
    const hours = this.state.tutors[tutor]?.profile.hours.replaceAll('0', '').length ?? 0;
    const weekly = ((this.state.histories[tutor]?.students ?? 0) * 7) / DAYS_BETWEEN_LESSONS;
    return weekly / Math.max(2, hours / 2);
  }

  /** How a tutor stands with those who look at them. */
  reputation(tutor: number): Reputation {
    const { reviewCount = 0, ratingSum = 0 } = this.state.histories[tutor] ?? {};
    const rating = (ratingSum + PRIOR_REVIEWS * USUAL_RATING) / (reviewCount + PRIOR_REVIEWS);
    return { rating, reviewCount, load: this.load(tutor) };
  }

  private admit(day: number): void {
    const { seed, tutors, histories } = this.state;
    tutors.push(makeTutor(seed, tutors.length, day));
    histories.push(emptyHistory(day));
  }

  /** Somebody looks at a list, opens profiles, asks tutors, and chooses among those who want them. */
  private answer(order: SimulatedOrder, { shown, note }: Listing): void {
    const outcomes = shown.map(() => nothingYet());
    note?.(outcomes);
    const looked = shown
      .slice(0, order.hidden.depth)
      .map((tutor, place) => this.encounter(order, tutor, outcomes[place]));
    const asked = looked
      .filter((one) => one.isOpened)
      .sort((one, other) => other.appeal - one.appeal)
      .slice(0, MOST_ASKED);
    const applied = asked.filter((one) => this.asks(order, one));
    const [best] = applied;
    if (!best || best.appeal < order.hidden.otherwise) return;
    best.outcome.chosen = true;
    const history = this.historyOf(best.tutor.index);
    history.chosenCount += 1;
    const times = (history.chosenBy[kindOf(order)] ?? 0) + 1;
    history.chosenBy[kindOf(order)] = times;
    this.state.mostChosen[kindOf(order)] = Math.max(times, this.state.mostChosen[kindOf(order)] ?? 0);
    if (!best.random.chance(ARRANGED)) return;
    best.outcome.booked = true;
    history.students += 1;
    const nextDay = order.day + best.random.integer(1, 4);
    this.state.relations.push({ order, tutor: best.tutor.index, lessons: 0, nextDay, outcome: best.outcome });
  }

  /** A student sees a tutor's card, and perhaps opens the profile. */
  private encounter(order: SimulatedOrder, index: number, outcome = nothingYet()): Encounter {
    const tutor = this.tutorOf(index);
    // All that is drawn for these two belongs to them, whatever else is shown.
    const random = new Random('encounter', this.state.seed, order.index, index);
    const reputation = this.reputation(index);
    const [glance, thought] = [random.normal(0, 0.8), random.normal(0, 0.4)];
    outcome.opened = random.chance(sigmoid(1.2 * (cardAppeal(order, tutor, reputation) + glance) + 0.3));
    const appeal = profileAppeal(order, tutor, reputation) + 0.5 * glance + thought;
    return { tutor, random, outcome, isOpened: outcome.opened, appeal };
  }

  /** A student asks a tutor, who applies if they want to and answer in time. */
  private asks(order: SimulatedOrder, { tutor, random, outcome }: Encounter): boolean {
    const history = this.historyOf(tutor.index);
    const [wants, drawn] = [random.next(), random.next()];
    if (wants >= acceptance(order, tutor, this.load(tutor.index))) return false;
    const minutes = tutor.hidden.answerMinutes * Math.exp(ANSWER_SPREAD * Math.log(drawn / (1 - drawn)));
    history.applicationCount += 1;
    history.answers = [...history.answers, minutes].slice(-ANSWERS_KEPT);
    history.answerMedian = median(history.answers);
    history.lastActiveDay = order.day;
    outcome.applied = true;
    return minutes <= order.hidden.waitMinutes;
  }

  private holdLessons(): void {
    const { day, relations } = this.state;
    this.state.relations = relations.filter((relation) => {
      if (relation.nextDay > day) return true;
      const goesOn = this.holdLesson(relation);
      relation.nextDay += DAYS_BETWEEN_LESSONS;
      if (!goesOn) this.historyOf(relation.tutor).students -= 1;
      return goesOn;
    });
  }

  /** @returns whether the student wants another lesson */
  private holdLesson(relation: Relation): boolean {
    const { order, outcome } = relation;
    const { day, seed } = this.state;
    const [tutor, history] = [this.tutorOf(relation.tutor), this.historyOf(relation.tutor)];
    const random = new Random('lesson', seed, order.index, relation.tutor, relation.nextDay - order.day);
    history.bookingCount += 1;
    const liked = utility(order, tutor);
    if (day >= tutor.hidden.quietFrom || !random.chance(tutor.hidden.reliability)) {
      history.letDownCount += 1;
      // A first lesson that does not take place is the last one more often than not.
      return relation.lessons > 0 && random.chance(staying(liked, relation.lessons));
    }
    relation.lessons += 1;
    history.lessonCount += 1;
    history.lessonsOf[order.subject] = (history.lessonsOf[order.subject] ?? 0) + 1;
    history.lessonDays = [...history.lessonDays.filter((one) => one > day - RECENT_DAYS), day];
    history.lastActiveDay = day;
    if (relation.lessons === 1) history.studentCount += 1;
    if (relation.lessons === 2) {
      history.returningCount += 1;
      outcome.repeated = true;
    }
    if ((relation.lessons === 1 || relation.lessons === 4) && outcome.rating === null) {
      this.review(history, outcome, liked, random);
    }
    return random.chance(staying(liked, relation.lessons));
  }

  /** Some write a review: kinder than they think, and in whole stars. */
  private review(history: History, outcome: ShownOutcome, liked: number, random: Random): void {
    const [writes, mood, words] = [random.chance(REVIEW_CHANCE), random.normal(0, 0.5), random.normal(0, 0.3)];
    if (!writes) return;
    outcome.rating = Math.min(5, Math.max(1, Math.round(4.5 + 0.3 * (liked - 0.5) + mood)));
    history.reviewCount += 1;
    history.ratingSum += outcome.rating;
    history.sentimentSum += Math.min(1, Math.max(-1, (outcome.rating - 3) / 2 + words));
  }

  private tutorOf(index: number): SimulatedTutor {
    return found(this.state.tutors[index]);
  }

  private historyOf(index: number): History {
    return found(this.state.histories[index]);
  }
}

interface Encounter {
  tutor: SimulatedTutor;
  random: Random;
  outcome: ShownOutcome;
  isOpened: boolean;
  /** How the tutor looks to whoever has read the profile. */
  appeal: number;
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('There is no such tutor in this market');
  return value;
}

import { Random } from '@tutorgraph/kit/demo/random';
import type { Level } from '@tutorgraph/recommendations/market/market.rules';
import { type LearningStyle, learningStyles } from '@tutorgraph/recommendations/ranking/wish';

/** Subjects, numbered from 0. */
const SUBJECTS = 6;
/** What an hour usually costs in each subject, in minor units. */
const USUAL_RATES = [2_000, 2_400, 2_600, 3_000, 3_400, 4_000];
/** Cities on a line, in kilometres from the first. */
export const CITIES = [0, 40, 130, 400];
const TOPICS = 4;
const LEVELS: readonly Level[] = ['PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'];
const LEVEL_SHARES: Readonly<Record<Level, number>> = {
  PRIMARY_SCHOOL: 0.15,
  SECONDARY_SCHOOL: 0.25,
  EXAM: 0.3,
  UNIVERSITY: 0.1,
  ADULT: 0.2,
};
/** Hours of a day at which blocks of time begin and end. */
const BLOCKS = [9, 12, 16, 20, 23] as const;

/** How much of each way of teaching there is, 0 to 1. */
export type Styles = Record<LearningStyle, number>;

/** Somebody who teaches. Plain data, so that a market can be copied. */
export interface SimulatedTutor {
  index: number;
  /** What nobody sees; rankings are told nothing of it. */
  hidden: {
    /** How well they teach, standard normal. */
    quality: number;
    /** How likely they keep what was agreed. */
    reliability: number;
    styles: Styles;
    /** What they are good at within a subject: a direction. */
    topics: number[];
    /** Usual minutes until they answer. */
    answerMinutes: number;
    /** How gladly they take another student, in log-odds. */
    eagerness: number;
    /** The day from which they answer nobody any more, though the profile stays. */
    quietFrom: number;
  };
  /** What the profile says, with its mistakes. */
  profile: {
    subjects: number[];
    levels: Level[];
    rateMinor: number;
    experienceYears: number;
    isVerified: boolean;
    languages: string[];
    isOnline: boolean;
    city: number | null;
    /** 168 bits. */
    hours: string;
    /** What texts show of styles; null where they show nothing. */
    styles: Styles | null;
    topics: number[];
    createdDay: number;
  };
}

/** What somebody looks for. */
export interface SimulatedOrder {
  index: number;
  day: number;
  subject: number;
  level: Level;
  /** The city for lessons in person; null online. */
  city: number | null;
  languages: string[];
  /** What they say an hour should cost at most; null when they say nothing. */
  budgetMinor: number | null;
  /** When they say that lessons should be; null when they say nothing. */
  hours: string | null;
  /** How they say they like to be taught; null when they say nothing. */
  style: LearningStyle | null;
  /** What the text of the order is about. */
  topics: number[];
  /** What nobody sees. */
  hidden: {
    /** The rate from which it hurts. */
    willingMinor: number;
    hours: string;
    styles: Styles;
    topics: number[];
    /** How much each thing matters to them; 1 is usual. */
    cares: Record<'quality' | 'price' | 'hours' | 'style' | 'topics' | 'experience' | 'trust' | 'distance', number>;
    /** How many places of a list they look at. */
    depth: number;
    /** Minutes for which they wait for an answer. */
    waitMinutes: number;
    /** What doing without a tutor, or finding one elsewhere, is worth to them. */
    otherwise: number;
  };
}

/**
 * How likely somebody looks at a place of a list: all at the first, 44 % at the fifth, 24 % at the tenth, 12 % at the
 * twentieth.
 */
export function lookShare(place: number): number {
  return (1 + (place - 1) / 4) ** -1.2;
}

/** The tutor with this number: the same for the same seed. */
export function makeTutor(seed: number, index: number, createdDay: number): SimulatedTutor {
  const random = new Random('tutor', seed, index);
  const quality = random.normal(0, 1);
  const experienceYears = Math.floor(random.logNormal(4, 0.8));
  const subjects = random
    .shuffle(Array.from({ length: SUBJECTS }, (_, subject) => subject))
    .slice(0, random.integer(1, 3));
  const usual = USUAL_RATES[subjects[0] ?? 0] ?? 0;
  const rate = usual * Math.exp(0.13 * quality + 0.12 * (Math.log1p(experienceYears) - 1.6) + random.normal(0, 0.25));
  const styles = stylesOf(random);
  const topics = direction(random);
  const inPerson = random.chance(0.55);
  return {
    index,
    hidden: {
      quality,
      reliability: 1 - 0.25 * random.next() ** 2.5,
      styles,
      topics,
      answerMinutes: random.logNormal(150, 1.1),
      eagerness: random.normal(0.9, 0.8),
      quietFrom: createdDay + Math.ceil(-Math.log(1 - random.next()) * 600),
    },
    profile: {
      subjects,
      levels: LEVELS.filter(() => random.chance(0.65)),
      rateMinor: 50 * Math.round(rate / 50),
      experienceYears,
      isVerified: random.chance(0.45),
      languages: random.weighted([['ru'], ['en'], ['ru', 'en']], ({ length }) => (length > 1 ? 2 : 1)),
      isOnline: !inPerson || random.chance(0.7),
      city: inPerson ? random.integer(0, CITIES.length - 1) : null,
      hours: hoursOf(random, random.chance(0.4) ? [0.45, 0.45, 0.4, 0.15] : [0.05, 0.12, 0.45, 0.35]),
      styles: random.chance(0.8) ? mapStyles((style) => clamp(styles[style] + random.normal(0, 0.25), 0, 1)) : null,
      topics: direction(random, topics, 0.6),
      createdDay,
    },
  };
}

/** The order with this number: the same for the same seed. */
export function makeOrder(seed: number, index: number, day: number): SimulatedOrder {
  const random = new Random('order', seed, index);
  const subject = random.integer(0, SUBJECTS - 1);
  const willing = (USUAL_RATES[subject] ?? 0) * random.logNormal(1.05, 0.3);
  const styles = stylesOf(random);
  const topics = direction(random);
  const hours = hoursOf(random, [0.08, 0.15, 0.45, 0.2]);
  const liked = learningStyles.toSorted((one, other) => styles[other] - styles[one])[0] ?? null;
  const care = () => random.logNormal(1, 0.45);
  return {
    index,
    day,
    subject,
    level: random.weighted(LEVELS, (level) => LEVEL_SHARES[level]),
    city: random.chance(0.3) ? random.integer(0, CITIES.length - 1) : null,
    languages: random.pick([['ru'], ['en']]),
    budgetMinor: random.chance(0.7) ? 50 * Math.round((willing * random.logNormal(0.95, 0.1)) / 50) : null,
    hours: random.chance(0.75) ? hours : null,
    style: random.chance(0.4) ? liked : null,
    topics: direction(random, topics, 0.5),
    hidden: {
      willingMinor: willing,
      hours,
      styles,
      topics,
      cares: {
        ...{ quality: care(), price: care(), hours: care(), style: care() },
        ...{ topics: care(), experience: care(), trust: care(), distance: care() },
      },
      depth: depthOf(random.next()),
      waitMinutes: random.logNormal(1_200, 0.8),
      otherwise: random.normal(0.2, 0.7),
    },
  };
}

/** How far somebody reads, so that the share of those who look at a place is `lookShare` of it. */
function depthOf(drawn: number): number {
  return Math.max(1, Math.floor(1 + 4 * ((1 - drawn) ** (-1 / 1.2) - 1)));
}

function stylesOf(random: Random): Styles {
  return mapStyles(() => random.next());
}

function mapStyles(of: (style: LearningStyle) => number): Styles {
  return Object.fromEntries(learningStyles.map((style) => [style, of(style)])) as Styles;
}

/** A direction, or one near another, the nearer the less `spread`. */
function direction(random: Random, near?: readonly number[], spread = 1): number[] {
  const free = Array.from({ length: TOPICS }, () => random.normal(0, 1));
  const mixed = near ? near.map((value, axis) => value + (spread * (free[axis] ?? 0)) / Math.sqrt(TOPICS)) : free;
  const size = Math.hypot(...mixed);
  return mixed.map((value) => value / size);
}

/** A week of which each block of each day is open with the given chance. */
function hoursOf(random: Random, chances: readonly number[]): string {
  const bits = new Array<string>(168).fill('0');
  for (let day = 0; day < 7; day++) {
    for (const [block, chance] of chances.entries()) {
      if (!random.chance(chance)) continue;
      for (let hour = BLOCKS[block] ?? 0; hour < (BLOCKS[block + 1] ?? 0); hour++) bits[24 * day + hour] = '1';
    }
  }
  // Nobody is without any time.
  bits.fill('1', 24 * 5 + 10, 24 * 5 + 12);
  return bits.join('');
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

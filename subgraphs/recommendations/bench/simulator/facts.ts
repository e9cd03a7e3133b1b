import { HOURS_OF_WEEK } from '@tutorgraph/recommendations/market/market.rules';
import type { SubjectFacts, TutorFacts } from '@tutorgraph/recommendations/ranking/features';
import type { Wish } from '@tutorgraph/recommendations/ranking/wish';
import type { SimulatedMarket } from './market.ts';
import { CITIES, type SimulatedOrder, type SimulatedTutor } from './people.ts';
import { type History, kindOf, median } from './records.ts';
import { cosine, kilometres } from './tastes.ts';

/** Everybody pays in this. */
const CURRENCY = 'EUR';
const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.UTC(2026, 0, 5, 12);
/** As the platform's hard filter has it: see results/hard-filter.ts. */
const [PRICE_TOLERANCE, ENOUGH_HOURS, NEAR_KM] = [0.15, 2, 40];

/** The moment of a day of the market. */
export function dateOf(day: number): Date {
  return new Date(FIRST_DAY + day * DAY_MS);
}

/** What the platform is told of an order. */
export function wishOf(order: SimulatedOrder): Wish {
  return {
    ...{ orderId: `order-${order.index}`, studentId: null, subjectId: String(order.subject), level: order.level },
    ...{ format: order.city === null ? 'ONLINE' : 'IN_PERSON', city: order.city === null ? null : String(order.city) },
    ...{ languages: order.languages, languagesAreAsked: true, budgetMinor: order.budgetMinor, currency: CURRENCY },
    ...{ hours: order.hours, style: order.style, urgency: null, text: '' },
  };
}

/** Tutors who fulfil what was asked, by the rules of the platform's hard filter. */
export function candidatesFor(market: SimulatedMarket, order: SimulatedOrder): SimulatedTutor[] {
  return market.state.tutors.filter(({ profile }) => {
    const { budgetMinor, hours } = order;
    return (
      profile.subjects.includes(order.subject) &&
      profile.levels.includes(order.level) &&
      profile.languages.some((language) => order.languages.includes(language)) &&
      (order.city === null
        ? profile.isOnline
        : profile.city !== null && kilometres(order.city, profile.city) <= NEAR_KM) &&
      (budgetMinor === null || profile.rateMinor <= Math.floor(budgetMinor * (1 + PRICE_TOLERANCE))) &&
      (hours === null || commonHours(profile.hours, hours) >= ENOUGH_HOURS)
    );
  });
}

/** All that the platform knows of a tutor for an order: the profile and what was counted, nothing hidden. */
export function factsOf(market: SimulatedMarket, order: SimulatedOrder, index: number): TutorFacts {
  const tutor = market.state.tutors[index];
  const history = market.state.histories[index];
  if (!tutor || !history) throw new RangeError(`There is no tutor ${index}`);
  return {
    ...profileFacts(tutor, order),
    ...historyFacts(history, order, market.state.mostChosen[kindOf(order)] ?? 0),
    createdAt: dateOf(tutor.profile.createdDay),
  };
}

type Counted =
  | 'subjectLessons'
  | 'reviewCount'
  | 'rating'
  | 'applicationCount'
  | 'chosenCount'
  | 'responseMinutes'
  | 'studentCount'
  | 'returningCount'
  | 'bookingCount'
  | 'letDownCount'
  | 'recentLessons'
  | 'upcomingLessons'
  | 'lastActiveAt'
  | 'collaborative'
  | 'lessonsTogether'
  | 'sentiment';

function historyFacts(history: History, order: SimulatedOrder, mostChosen: number): Pick<TutorFacts, Counted> {
  const { reviewCount, ratingSum, sentimentSum, applicationCount, chosenCount, bookingCount, letDownCount } = history;
  return {
    ...{ reviewCount, applicationCount, chosenCount, bookingCount, letDownCount },
    studentCount: history.studentCount,
    returningCount: history.returningCount,
    rating: reviewCount > 0 ? ratingSum / reviewCount : null,
    sentiment: reviewCount > 0 ? sentimentSum / reviewCount : null,
    subjectLessons: history.lessonsOf[order.subject] ?? 0,
    responseMinutes: history.answerMedian,
    recentLessons: history.lessonDays.filter((day) => day > order.day - 90).length,
    // A lesson every five days.
    upcomingLessons: 3 * history.students,
    lastActiveAt: dateOf(history.lastActiveDay),
    collaborative: mostChosen > 0 ? (history.chosenBy[kindOf(order)] ?? 0) / mostChosen : 0,
    lessonsTogether: 0,
  };
}

function profileFacts(
  { index, profile }: SimulatedTutor,
  order: SimulatedOrder,
): Omit<TutorFacts, Counted | 'createdAt'> {
  return {
    tutorId: tutorId(index),
    userId: tutorId(index),
    levels: profile.levels,
    rateMinor: profile.rateMinor,
    currency: CURRENCY,
    city: profile.city === null ? null : String(profile.city),
    languages: profile.languages,
    formats: [
      ...(profile.isOnline ? (['ONLINE'] as const) : []),
      ...(profile.city === null ? [] : (['IN_PERSON'] as const)),
    ],
    hours: profile.hours,
    subjectCount: profile.subjects.length,
    experienceYears: profile.experienceYears,
    verified: profile.isVerified,
    // Texts are near each other as those of our embedder are.
    similarity: 0.12 + 0.12 * cosine(order.topics, profile.topics),
    distanceKm:
      order.city === null || profile.city === null
        ? null
        : Math.abs((CITIES[order.city] ?? 0) - (CITIES[profile.city] ?? 0)),
    styles: profile.styles,
  };
}

/** What is usual in a subject. */
export function subjectFactsOf({ state }: SimulatedMarket, subject: number): SubjectFacts {
  const rates = state.tutors
    .filter(({ profile }) => profile.subjects.includes(subject))
    .map(({ profile }) => profile.rateMinor);
  const [sum, count] = state.histories.reduce(
    ([ratings, reviews], { ratingSum, reviewCount }) => [ratings + ratingSum, reviews + reviewCount],
    [0, 0],
  );
  return { medianRateMinor: median(rates), meanRating: count > 0 ? sum / count : 4.6 };
}

/** The id by which rankings know a tutor. */
function tutorId(index: number): string {
  return `tutor-${String(index).padStart(6, '0')}`;
}

function commonHours(one: string, other: string): number {
  let count = 0;
  for (let hour = 0; hour < HOURS_OF_WEEK; hour++) if (one[hour] === '1' && other[hour] === '1') count++;
  return count;
}

import { distanceKm } from '../market/cities.js';
import type { MarketBooking, MarketOffer, MarketOrder, MarketTutor } from '../market/market.entity.js';
import type { SubjectFacts, TutorFacts } from '../ranking/features.js';
import type { Wish } from '../ranking/wish.js';

/** The market of the demo, as it was stored. */
export class DemoMarket {
  readonly tutors: ReadonlyMap<string, MarketTutor>;
  readonly offersOfSubject: ReadonlyMap<string, readonly MarketOffer[]>;
  readonly offersOfTutor: ReadonlyMap<string, readonly MarketOffer[]>;
  readonly lessons: ReadonlyMap<string | null, readonly MarketBooking[]>;

  constructor(
    tutors: readonly MarketTutor[],
    offers: readonly MarketOffer[],
    readonly orders: readonly MarketOrder[],
    readonly bookings: readonly MarketBooking[],
  ) {
    this.tutors = new Map(tutors.map((tutor) => [tutor.id, tutor]));
    this.offersOfSubject = Map.groupBy(offers, ({ subjectId }) => subjectId);
    this.offersOfTutor = Map.groupBy(offers, ({ tutorId }) => tutorId);
    this.lessons = Map.groupBy(bookings, ({ studentId }) => studentId ?? null);
  }
}

/** Whom somebody could have been shown: who taught the subject in that way by then, and was not hidden. */
export function candidatesOf(
  { tutors, offersOfSubject }: DemoMarket,
  wish: Wish,
  at: Date,
): [MarketTutor, MarketOffer][] {
  return (offersOfSubject.get(wish.subjectId) ?? []).flatMap((offer): [MarketTutor, MarketOffer][] => {
    const tutor = tutors.get(offer.tutorId);
    const isThere = tutor && !tutor.hidden && tutor.createdAt < at;
    const meets = offer.formats.includes(wish.format) && (wish.format === 'ONLINE' || offer.city === wish.city);
    return isThere && meets ? [[tutor, offer]] : [];
  });
}

/** What was known of a tutor for a wish: what is known today, but of lessons with this very student. */
export function factsOf(
  market: DemoMarket,
  wish: Wish,
  [tutor, offer]: [MarketTutor, MarketOffer],
  at: Date,
): TutorFacts {
  const { id: tutorId, ...rest } = tutor;
  const together = (market.lessons.get(wish.studentId) ?? []).filter(
    (lesson) => lesson.tutorId === tutorId && lesson.completedAt && lesson.completedAt < at,
  );
  return {
    ...rest,
    tutorId,
    levels: offer.levels,
    rateMinor: offer.rateMinor,
    city: tutor.city ?? null,
    hours: tutor.hours ?? null,
    rating: tutor.rating ?? null,
    responseMinutes: tutor.responseMinutes ?? null,
    subjectCount: market.offersOfTutor.get(tutorId)?.length ?? 1,
    subjectLessons: offer.lessonCount,
    similarity: null,
    collaborative: null,
    lessonsTogether: together.length,
    distanceKm: wish.city && tutor.city ? distanceKm(wish.city, tutor.city) : null,
    styles: null,
    sentiment: null,
  };
}

/** What is usual among those who could be shown. */
export function usualOf(candidates: readonly [MarketTutor, MarketOffer][], { currency }: Wish): SubjectFacts {
  const rates = candidates.flatMap(([, offer]) => (offer.currency === currency ? [offer.rateMinor] : []));
  const ratings = candidates.flatMap(([{ rating }]) => rating ?? []);
  return {
    medianRateMinor: rates.length < 5 ? null : (rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? null),
    meanRating: ratings.length === 0 ? 4.6 : ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
  };
}

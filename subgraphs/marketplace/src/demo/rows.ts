import { type RowSet, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { Application } from '../applications/application.entity.js';
import { Booking } from '../bookings/booking.entity.js';
import { lessonPrice } from '../bookings/booking.rules.js';
import { Offering } from '../offerings/offering.entity.js';
import { Order } from '../orders/order.entity.js';
import { commissionPercent, FIRST_POLICY_ID, firstRules } from '../policies/policy.rules.js';
import { StudentRate } from '../rates/student-rate.entity.js';
import { add, noDetails } from '../reviews/rating.rules.js';
import { Review } from '../reviews/review.entity.js';
import { ReviewAnswer } from '../reviews/review-answer.entity.js';
import { TutorRating } from '../reviews/tutor-rating.entity.js';
import { DaysOff, Schedule, ScheduleOverride, ScheduleRule } from '../schedules/schedule.entity.js';
import { multirange } from '../schedules/schedule.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { Verification } from '../verifications/verification.entity.js';
import { verifiedUntil } from '../verifications/verification.rules.js';
import type { DemoAnswer, DemoBooking, DemoOrder, DemoReview, DemoSchedule, MarketplaceDemo } from './data.js';
import { savedRows } from './saved.js';

const YEAR_MS = 365 * 86_400_000;

/**
 * A made-up market as rows, in the order in which they can be inserted.
 *
 * @param present - ids of subjects that are there already, by slug: those are used and not added again
 */
export function marketplaceRows(demo: MarketplaceDemo, present: ReadonlyMap<string, string>, now: Date): RowSet[] {
  const subjectIds = new Map([...demo.subjects.map(({ slug, id }) => [slug, id] as const), ...present]);
  const subjectId = (slug: string): string => {
    const id = subjectIds.get(slug);
    if (id === undefined) throw new Error(`The demo has no subject "${slug}"`);
    return id;
  };
  const began = new Date(now.getTime() - YEAR_MS);
  const subjects = demo.subjects.filter(({ slug }) => !present.has(slug));
  return [
    rowsOf(
      Subject,
      subjects.map(({ id, slug, name }) => {
        return { id, slug, nameEn: name.en, nameRu: name.ru, createdAt: began, updatedAt: began, archivedAt: null };
      }),
    ),
    rowsOf(Tutor, tutorRows(demo)),
    rowsOf(Verification, demo.verifications),
    ...scheduleRows(demo.schedules),
    rowsOf(
      Offering,
      demo.tutors.flatMap(({ id: tutorId, createdAt, offerings }) =>
        offerings.map(({ subject, ...offering }) => {
          return { ...offering, tutorId, subjectId: subjectId(subject), createdAt, updatedAt: createdAt };
        }),
      ),
    ),
    rowsOf(
      Order,
      demo.orders.map((order) => orderRow(order, subjectId(order.subject))),
    ),
    rowsOf(Application, demo.applications),
    rowsOf(
      Booking,
      demo.bookings.map((booking) => bookingRow(booking, subjectId(booking.subject))),
    ),
    rowsOf(StudentRate, rateRows(demo.bookings, subjectId)),
    rowsOf(Review, demo.reviews.map(reviewRow)),
    ...savedRows(demo.tutors, subjectId('mathematics'), now),
    rowsOf(ReviewAnswer, demo.answers.map(answerRow)),
    rowsOf(TutorRating, ratingRows(demo.reviews)),
  ];
}

/** What each student has agreed upon with a tutor: the rate of their first booking. */
function rateRows(bookings: readonly DemoBooking[], subjectId: (slug: string) => string) {
  const first = new Map(
    bookings.toReversed().map((booking) => [`${booking.tutorId} ${booking.studentId} ${booking.subject}`, booking]),
  );
  return [...first.values()].map(({ id, tutorId, studentId, subject, priceMinor, currency, createdAt }) => {
    // As good as any other, and the same in every run.
    return {
      id,
      tutorId,
      studentId,
      subjectId: subjectId(subject),
      rateMinor: priceMinor,
      currency,
      createdAt,
      updatedAt: createdAt,
    };
  });
}

function tutorRows({ tutors, verifications }: MarketplaceDemo) {
  const byTutor = Map.groupBy(verifications, ({ tutorId }) => tutorId);
  return tutors.map(({ locale: _, offerings: __, ...tutor }) => {
    const until = verifiedUntil(byTutor.get(tutor.id) ?? []);
    return {
      ...tutor,
      verifiedUntil: until,
      premium: false,
      premiumMembershipId: null,
      premiumUntil: null,
      updatedAt: tutor.hiddenAt ?? tutor.createdAt,
    };
  });
}

function scheduleRows(schedules: readonly DemoSchedule[]): RowSet[] {
  return [
    rowsOf(
      Schedule,
      schedules.map(({ rules: _, overrides: __, daysOff: ___, ...schedule }) => {
        return { ...schedule, updatedAt: schedule.createdAt };
      }),
    ),
    rowsOf(
      ScheduleRule,
      schedules.flatMap(({ tutorId, rules }) => rules.map((rule) => ({ ...rule, tutorId }))),
    ),
    rowsOf(
      ScheduleOverride,
      schedules.flatMap(({ tutorId, overrides }) =>
        overrides.map(({ windows, ...override }) => ({ ...override, tutorId, windows: multirange(windows) })),
      ),
    ),
    rowsOf(
      DaysOff,
      schedules.flatMap(({ tutorId, daysOff }) => daysOff.map((time) => ({ ...time, tutorId }))),
    ),
  ];
}

function orderRow({ locale: _, subject: __, currency, ...order }: DemoOrder, subjectId: string) {
  const budgetCurrency = order.budgetMinor === null ? null : currency;
  return { ...order, subjectId, budgetCurrency, updatedAt: order.closedAt ?? order.createdAt };
}

/** What a booking costs, by which rules, and when it was paid. */
export function termsOf({ startsAt, endsAt, createdAt, priceMinor }: Omit<DemoBooking, 'subject'>) {
  const minutes = startsAt && endsAt ? (endsAt.getTime() - startsAt.getTime()) / 60_000 : 0;
  return {
    commissionPercent: commissionPercent(firstRules, 'REGULAR', 0),
    amountMinor: lessonPrice(priceMinor, minutes),
    paidAt: startsAt && createdAt,
  };
}

function bookingRow({ subject: _, ...booking }: DemoBooking, subjectId: string) {
  const { startsAt, endsAt, createdAt } = booking;
  return {
    ...booking,
    ...termsOf(booking),
    subjectId,
    policyId: FIRST_POLICY_ID,
    ...(booking.status === 'COMPLETED' && { startedAt: startsAt, completedAt: endsAt }),
    updatedAt: booking.status === 'COMPLETED' ? (endsAt ?? createdAt) : createdAt,
  };
}

function answerRow(answer: DemoAnswer) {
  return { ...answer, state: 'PUBLISHED' as const, version: 1, updatedAt: answer.createdAt };
}

function ratingRows(reviews: readonly DemoReview[]) {
  return Array.from(
    Map.groupBy(reviews, ({ tutorId }) => tutorId),
    ([tutorId, received]) => {
      const details = { ...noDetails };
      for (const review of received) add({ ratingSum: 0, reviewCount: 0 }, details, review, 1);
      return { tutorId, ...details };
    },
  );
}

function reviewRow({ locale: _, ...review }: DemoReview) {
  return { ...review, updatedAt: review.createdAt };
}

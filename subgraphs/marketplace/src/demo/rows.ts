import { type RowSet, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { Application } from '../applications/application.entity.js';
import { Booking } from '../bookings/booking.entity.js';
import { Offering } from '../offerings/offering.entity.js';
import { Order } from '../orders/order.entity.js';
import { Review } from '../reviews/review.entity.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import type { DemoBooking, DemoOrder, DemoReview, DemoTutor, MarketplaceDemo } from './data.js';

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
    rowsOf(Tutor, demo.tutors.map(tutorRow)),
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
    rowsOf(Review, demo.reviews.map(reviewRow)),
  ];
}

function tutorRow({ locale: _, offerings: __, ...tutor }: DemoTutor) {
  return { ...tutor, updatedAt: tutor.hiddenAt ?? tutor.createdAt };
}

function orderRow({ locale: _, subject: __, currency, ...order }: DemoOrder, subjectId: string) {
  const budgetCurrency = order.budgetMinor === null ? null : currency;
  return { ...order, subjectId, budgetCurrency, updatedAt: order.closedAt ?? order.createdAt };
}

function bookingRow({ subject: _, ...booking }: DemoBooking, subjectId: string) {
  return { ...booking, subjectId, updatedAt: booking.endsAt ?? booking.createdAt };
}

function reviewRow({ locale: _, ...review }: DemoReview) {
  return { ...review, updatedAt: review.createdAt };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { Application } from '../applications/application.entity.js';
import { Booking } from '../bookings/booking.entity.js';
import { Offering } from '../offerings/offering.entity.js';
import { Order } from '../orders/order.entity.js';
import { Review } from '../reviews/review.entity.js';
import type { Tutor } from '../tutors/tutor.entity.js';

const OLDEST_FIRST = { createdAt: 'asc', id: 'asc' } as const;

/** A tutor's profile, offerings and applications, for the archive. */
export async function collectProfile(em: EntityManager, tutor: Tutor | null): Promise<Record<string, unknown>> {
  if (!tutor) return { profile: null, offerings: [], applications: [] };
  const { userId: _, ...profile } = tutor;
  const offerings = await em.find(Offering, { tutorId: tutor.id }, { orderBy: OLDEST_FIRST });
  const applications = await em.find(Application, { tutorId: tutor.id }, { orderBy: OLDEST_FIRST });
  return {
    profile,
    offerings: offerings.map(({ tutorId: _, rateMinor, ...offering }) => {
      return { ...offering, hourlyRate: money(rateMinor, tutor.currency) };
    }),
    applications: applications.map(({ tutorId: _, rateMinor, currency, ...application }) => {
      return { ...application, proposedRate: money(rateMinor, currency) };
    }),
  };
}

/** What somebody has looked for, for the archive. */
export async function collectOrders(em: EntityManager, studentId: string): Promise<unknown[]> {
  const orders = await em.find(Order, { studentId }, { orderBy: OLDEST_FIRST });
  return orders.map(({ studentId: _, budgetMinor, budgetCurrency, ...order }) => {
    return { ...order, budget: money(budgetMinor, budgetCurrency) };
  });
}

/** Somebody's lessons on both sides, without who the other one was unless they have a public profile. */
export async function collectBookings(
  em: EntityManager,
  studentId: string,
  tutorId: string | undefined,
): Promise<unknown[]> {
  const sides = [{ studentId }, ...(tutorId ? [{ tutorId }] : [])];
  const bookings = await em.find(Booking, { $or: sides }, { orderBy: OLDEST_FIRST });
  return bookings.map(({ studentId: student, priceMinor, currency, ...booking }) => {
    return { as: student === studentId ? 'STUDENT' : 'TUTOR', ...booking, price: money(priceMinor, currency) };
  });
}

/** What somebody has said of tutors; what students said of them is the students'. */
export async function collectReviews(em: EntityManager, studentId: string): Promise<unknown[]> {
  const reviews = await em.find(Review, { studentId }, { orderBy: OLDEST_FIRST });
  return reviews.map(({ studentId: _, ...review }) => review);
}

/** Money as the API shows it. */
function money(amountMinor: number | null | undefined, currency: string | null | undefined): Money | null {
  return amountMinor && currency ? { amountMinor, currency } : null;
}

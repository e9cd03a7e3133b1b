import type { EntityManager } from '@mikro-orm/postgresql';
import { Application } from '../applications/application.entity.js';
import { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';
import { Offering } from '../offerings/offering.entity.js';
import { Order } from '../orders/order.entity.js';
import { Review } from '../reviews/review.entity.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { money } from './archived-money.js';

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

/** Calendars that somebody has connected, without what lets us in. */
export async function collectCalendars(em: EntityManager, userId: string): Promise<unknown[]> {
  const calendars = await em.find(ExternalCalendar, { userId }, { orderBy: OLDEST_FIRST });
  return calendars.map(({ id, kind, name, host, lastReadAt, createdAt }) => {
    return { id, kind, name, host, lastReadAt, createdAt };
  });
}

/** What somebody has said of tutors; what students said of them is the students'. */
export async function collectReviews(em: EntityManager, studentId: string): Promise<unknown[]> {
  const reviews = await em.find(Review, { studentId }, { orderBy: OLDEST_FIRST });
  // What others are told by, and what staff makes of it, is not theirs.
  return reviews.map(
    ({ studentId: _, networkHash: __, sketch: ___, signals: ____, suspicion: _____, ...review }) => review,
  );
}

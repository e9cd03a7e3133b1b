import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Application } from '../applications/application.entity.js';
import { aboutApplication, moveApplication } from '../applications/application.transitions.js';
import { applicationWithdrawn, offeringWithdrawn, reviewUpdated, tutorChanged, tutorHidden } from '../events.js';
import { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';
import { leaveGoogle } from '../google-calendars/google-departure.repository.js';
import { Offering } from '../offerings/offering.entity.js';
import { Order } from '../orders/order.entity.js';
import { closeOrder } from '../orders/order.transitions.js';
import { Review } from '../reviews/review.entity.js';
import { forgetWordsOf } from '../search/upkeep.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { lockTutorByUser } from '../tutors/tutor.repository.js';

/** Stands where a text was that may not be empty; in every language. */
export const REMOVED = '[…]';
/** In the order of their ids, so that nobody waits for us while we wait for them. */
const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;

/** Closes a student's open orders and removes their words from all of them; what was agreed stays. */
export async function eraseOrders(tx: EntityManager, studentId: string): Promise<void> {
  const now = new Date();
  for (const order of await tx.find(Order, { studentId }, LOCKED)) {
    await closeOrder(tx, order, now);
    Object.assign(order, { title: REMOVED, description: null, goal: null, preferredTimes: null });
    order.city = order.format === 'ONLINE' ? null : REMOVED;
  }
}

/** Hides a tutor's profile for good and empties it; rating and lessons stay. */
export async function eraseProfile(tx: EntityManager, userId: string): Promise<void> {
  const tutor = await lockTutorByUser(tx, userId);
  if (!tutor) return;
  const now = new Date();
  if (!tutor.hiddenAt) recordEvent(tx, tutorHidden.create({ subject: tutor.id, data: { userId } }));
  tutor.hiddenAt ??= now;
  const words = [tutor.displayName, tutor.headline, tutor.city].join(' ');
  Object.assign(tutor, { displayName: REMOVED, headline: REMOVED, biography: null, education: null });
  tutor.city = tutor.formats.includes('IN_PERSON') ? REMOVED : null;
  tutor.premium = false;
  tutor.erasedAt = now;
  tutor.updatedAt = now;
  recordEvent(tx, tutorChanged.create({ subject: tutor.id, data: { userId } }));
  await withdrawOfferings(tx, tutor);
  await eraseApplications(tx, tutor, now);
  // Search finds nobody by them any longer once the profile is written.
  await tx.flush();
  await forgetWordsOf(tx, words);
}

/** Removes the words of somebody's reviews; the ratings are the tutors'. */
export async function eraseReviews(tx: EntityManager, studentId: string): Promise<void> {
  const now = new Date();
  const said = { $or: [{ text: { $ne: null } }, { networkHash: { $ne: null } }] };
  for (const review of await tx.find(Review, { studentId, ...said }, LOCKED)) {
    Object.assign(review, { text: null, sketch: null, networkHash: null, version: review.version + 1 });
    review.updatedAt = now;
    const { id: subject, tutorId, bookingId } = review;
    recordEvent(tx, reviewUpdated.create({ subject, data: { tutorId, bookingId } }));
  }
}

async function withdrawOfferings(tx: EntityManager, { id: tutorId }: Tutor): Promise<void> {
  for (const offering of await tx.find(Offering, { tutorId }, LOCKED)) {
    tx.remove(offering);
    const { id: subject, subjectId } = offering;
    recordEvent(tx, offeringWithdrawn.create({ subject, data: { tutorId, subjectId } }));
  }
}

async function eraseApplications(tx: EntityManager, { id: tutorId }: Tutor, now: Date): Promise<void> {
  for (const application of await tx.find(Application, { tutorId }, LOCKED)) {
    application.message = REMOVED;
    if (moveApplication(application, 'WITHDRAWN', now)) {
      recordEvent(tx, applicationWithdrawn.create(aboutApplication(application)));
    }
  }
}

/** Forgets calendars that somebody has connected, and when they were busy by them. */
export async function eraseCalendars(tx: EntityManager, userId: string): Promise<void> {
  for (const calendar of await tx.find(ExternalCalendar, { userId, kind: 'GOOGLE' })) {
    await leaveGoogle(tx, calendar, new Date());
  }
  await tx.nativeDelete(ExternalCalendar, { userId });
}

/** Kills the address of somebody's calendar feed: it is known to programs that go on asking. */
export async function eraseFeed(tx: EntityManager, userId: string): Promise<void> {
  await tx.execute('update marketplace.calendars set feed_version = feed_version + 1 where user_id = ?', [userId]);
}

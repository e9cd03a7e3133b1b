import type { EntityManager } from '@mikro-orm/postgresql';
import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { findTutorByUser } from '../tutors/tutor.repository.js';
import { collectBookings, eraseBookings } from './booking-privacy.js';
import { collectCalendars, collectOrders, collectProfile, collectReviews } from './collect.repository.js';
import { eraseCalendars, eraseFeed, eraseOrders, eraseProfile, eraseReviews } from './erase.js';
import { collectInterviews, eraseInterviews } from './interview-privacy.js';
import { collectModerated, eraseModerated } from './moderation-privacy.js';
import { collectRates, eraseRates } from './rate-privacy.js';
import { collectSaved, eraseSaved } from './saved-privacy.js';
import { collectSchedule, eraseSchedule } from './schedule-privacy.js';
import { collectVerifications, eraseVerificationFiles, eraseVerifications } from './verification-privacy.js';

/** What the marketplace holds about somebody, and what is left of it when they are erased. */
export const marketplacePrivacy: RoomPrivacy = {
  async collect(em: EntityManager, userId: string) {
    const tutor = await findTutorByUser(em, userId);
    return {
      sections: {
        ...(await collectProfile(em, tutor)),
        schedule: await collectSchedule(em, tutor),
        interviews: await collectInterviews(em, tutor),
        orders: await collectOrders(em, userId),
        bookings: await collectBookings(em, userId, tutor?.id),
        reviews: await collectReviews(em, userId),
        ...(await collectModerated(em, userId, tutor)),
        rates: await collectRates(em, userId, tutor),
        verifications: await collectVerifications(em, tutor),
        connectedCalendars: await collectCalendars(em, userId),
        ...(await collectSaved(em, userId)),
      },
    };
  },

  async eraseFiles(em, storage, userId) {
    await eraseVerificationFiles(em, storage, userId);
  },

  async erase(tx: EntityManager, userId: string) {
    await eraseBookings(tx, userId);
    await eraseSchedule(tx, userId);
    await eraseInterviews(tx, userId);
    await eraseVerifications(tx, userId);
    await eraseRates(tx, userId);
    await eraseOrders(tx, userId);
    await eraseProfile(tx, userId);
    await eraseReviews(tx, userId);
    await eraseModerated(tx, userId);
    await eraseFeed(tx, userId);
    await eraseCalendars(tx, userId);
    await eraseSaved(tx, userId);
    await forgetIdempotencyKeys(tx, userId);
  },
};

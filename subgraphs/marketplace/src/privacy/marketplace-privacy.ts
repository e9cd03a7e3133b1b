import type { EntityManager } from '@mikro-orm/postgresql';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { findTutorByUser } from '../tutors/tutor.repository.js';
import { collectBookings, collectOrders, collectProfile, collectReviews } from './collect.repository.js';
import { eraseOrders, eraseProfile, eraseReviews } from './erase.js';

/** What the marketplace holds about somebody, and what is left of it when they are erased. */
export const marketplacePrivacy: RoomPrivacy = {
  async collect(em: EntityManager, userId: string) {
    const tutor = await findTutorByUser(em, userId);
    return {
      sections: {
        ...(await collectProfile(em, tutor)),
        orders: await collectOrders(em, userId),
        bookings: await collectBookings(em, userId, tutor?.id),
        reviews: await collectReviews(em, userId),
      },
    };
  },

  async erase(tx: EntityManager, userId: string) {
    await eraseOrders(tx, userId);
    await eraseProfile(tx, userId);
    await eraseReviews(tx, userId);
  },
};

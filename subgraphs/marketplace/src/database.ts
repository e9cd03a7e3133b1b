import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { Application } from './applications/application.entity.js';
import { Booking } from './bookings/booking.entity.js';
import { Offering } from './offerings/offering.entity.js';
import { Order } from './orders/order.entity.js';
import { Review } from './reviews/review.entity.js';
import { Subject } from './subjects/subject.entity.js';
import { Tutor } from './tutors/tutor.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'marketplace',
  entities: [...eventEntities, Subject, Tutor, Offering, Order, Application, Booking, Review],
  migrations: new URL('../migrations/', import.meta.url),
};

import { defineEvent } from '@tutorgraph/kit/events/event';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { z } from 'zod';

const nothing = z.object({});
const ofTutor = z.object({ userId: z.uuid() });
const ofOffering = z.object({ tutorId: z.uuid(), subjectId: z.uuid() });
const ofOrder = z.object({ studentId: z.uuid(), subjectId: z.uuid() });
const ofApplication = z.object({ orderId: z.uuid(), tutorId: z.uuid() });
const ofBooking = z.object({
  orderId: z.uuid(),
  applicationId: z.uuid(),
  tutorId: z.uuid(),
  studentId: z.uuid(),
});
const ofReview = z.object({ tutorId: z.uuid(), bookingId: z.uuid() });

function define<Schema extends z.ZodType>(name: string, description: string, data: Schema) {
  return defineEvent({ type: `tutorgraph.marketplace.${name}.v1`, description, data });
}

/** The subject of each is the id of the subject that is taught. */
export const subjectCreated = define('subject.created', 'A subject can be taught. Subject: the subject.', nothing);
export const subjectUpdated = define(
  'subject.updated',
  'A subject is called otherwise. Subject: the subject.',
  nothing,
);
export const subjectArchived = define(
  'subject.archived',
  'A subject is not offered any longer. Subject: the subject.',
  nothing,
);

/** The subject of each is the tutor's id. */
export const tutorCreated = define('tutor.created', 'Somebody has a tutor profile. Subject: the tutor.', ofTutor);
export const tutorChanged = define(
  'tutor.changed',
  'A tutor profile or its name changed. Subject: the tutor.',
  ofTutor,
);
export const tutorHidden = define(
  'tutor.hidden',
  'A tutor is not to be found any longer. Subject: the tutor.',
  ofTutor,
);
export const tutorShown = define('tutor.shown', 'A hidden tutor is to be found again. Subject: the tutor.', ofTutor);

/** The subject of each is the offering's id. */
export const offeringAdded = define(
  'offering.added',
  'A tutor teaches one subject more. Subject: the offering.',
  ofOffering,
);
export const offeringChanged = define(
  'offering.changed',
  'Levels or rate of an offering changed. Subject: the offering.',
  ofOffering,
);
export const offeringWithdrawn = define(
  'offering.withdrawn',
  'A tutor gave a subject up. Subject: the offering.',
  ofOffering,
);

/** The subject of each is the order's id. */
export const orderPosted = define('order.posted', 'A student looks for a tutor. Subject: the order.', ofOrder);
export const orderUpdated = define('order.updated', 'A student changed an open order. Subject: the order.', ofOrder);
export const orderMatched = define(
  'order.matched',
  'A tutor was chosen; the order is closed to others. Subject: the order.',
  ofOrder,
);
export const orderClosed = define(
  'order.closed',
  'A student closed an order without choosing. Subject: the order.',
  ofOrder,
);
export const orderDeleted = define(
  'order.deleted',
  'A student deleted an order that nobody had applied to. Subject: the order.',
  ofOrder,
);

/** The subject of each is the application's id. */
export const applicationSubmitted = define(
  'application.submitted',
  'A tutor applied to an order. Subject: the application.',
  ofApplication,
);
export const applicationWithdrawn = define(
  'application.withdrawn',
  'A tutor took an application back. Subject: the application.',
  ofApplication,
);
export const applicationChosen = define(
  'application.chosen',
  'A student chose an application. Subject: the application.',
  ofApplication,
);
export const applicationDeclined = define(
  'application.declined',
  'A student declined an application. Subject: the application.',
  ofApplication,
);
export const applicationNotChosen = define(
  'application.not-chosen',
  'An order closed while the application was pending. Subject: the application.',
  ofApplication,
);

/** The subject is the booking's id. */
export const bookingCreated = define(
  'booking.created',
  'A lesson was agreed, without times yet. Subject: the booking.',
  ofBooking,
);

/** The subject of each is the review's id. */
export const reviewPosted = define('review.posted', 'A student reviewed a tutor. Subject: the review.', ofReview);
export const reviewUpdated = define('review.updated', 'A student changed a review. Subject: the review.', ofReview);
export const reviewDeleted = define('review.deleted', 'A student deleted a review. Subject: the review.', ofReview);

/** Every event of this room. */
export const events = [
  subjectCreated,
  subjectUpdated,
  subjectArchived,
  tutorCreated,
  tutorChanged,
  tutorHidden,
  tutorShown,
  offeringAdded,
  offeringChanged,
  offeringWithdrawn,
  orderPosted,
  orderUpdated,
  orderMatched,
  orderClosed,
  orderDeleted,
  applicationSubmitted,
  applicationWithdrawn,
  applicationChosen,
  applicationDeclined,
  applicationNotChosen,
  bookingCreated,
  reviewPosted,
  reviewUpdated,
  reviewDeleted,
  ...Object.values(privacyEvents('marketplace')),
];

import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { resolveApplication } from './applications/application.reference.js';
import { ApplicationResolver } from './applications/application.resolver.js';
import { OrderApplicationsResolver } from './applications/order-applications.resolver.js';
import { resolveBooking } from './bookings/booking.reference.js';
import { BookingResolver } from './bookings/booking.resolver.js';
import { resolveDashboard, resolvePlatformMetrics } from './dashboards/dashboard.reference.js';
import { Dashboard, PlatformMetrics } from './dashboards/dashboard.types.js';
import { LiveResolver } from './live/live.resolver.js';
import { OfferingResolver, TutorOfferingsResolver } from './offerings/offering.resolver.js';
import { resolveOrder } from './orders/order.reference.js';
import { OrderResolver } from './orders/order.resolver.js';
import { resolveReview } from './reviews/review.reference.js';
import { ReviewResolver } from './reviews/review.resolver.js';
import { BookingReviewResolver, ReviewEdgesResolver, TutorReviewsResolver } from './reviews/review-edges.resolver.js';
import { resolveSubject } from './subjects/subject.reference.js';
import { SubjectResolver } from './subjects/subject.resolver.js';
import { resolveTutor } from './tutors/tutor.reference.js';
import { TutorResolver } from './tutors/tutor.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    SubjectResolver,
    TutorResolver,
    TutorOfferingsResolver,
    TutorReviewsResolver,
    OfferingResolver,
    OrderResolver,
    OrderApplicationsResolver,
    ApplicationResolver,
    BookingResolver,
    BookingReviewResolver,
    ReviewResolver,
    ReviewEdgesResolver,
    LiveResolver,
  ],
  extensions: [Dashboard, PlatformMetrics],
  references: {
    Subject: resolveSubject,
    Tutor: resolveTutor,
    Order: resolveOrder,
    Application: resolveApplication,
    Booking: resolveBooking,
    Review: resolveReview,
    Dashboard: resolveDashboard,
    PlatformMetrics: resolvePlatformMetrics,
  },
};

import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { ApplicationResolver } from './applications/application.resolver.js';
import { ApplicationService } from './applications/application.service.js';
import { ChoiceService } from './applications/choice.service.js';
import { OrderApplicationsResolver } from './applications/order-applications.resolver.js';
import { OrderApplicationsService } from './applications/order-applications.service.js';
import { BookingResolver } from './bookings/booking.resolver.js';
import { BookingService } from './bookings/booking.service.js';
import { tutorNamesConsumer } from './consumers/tutor-names.consumer.js';
import { LiveResolver } from './live/live.resolver.js';
import { LiveService } from './live/live.service.js';
import { OfferingResolver, TutorOfferingsResolver } from './offerings/offering.resolver.js';
import { OfferingService } from './offerings/offering.service.js';
import { OrderResolver } from './orders/order.resolver.js';
import { OrderService } from './orders/order.service.js';
import { ReviewResolver } from './reviews/review.resolver.js';
import { ReviewService } from './reviews/review.service.js';
import { BookingReviewResolver, ReviewEdgesResolver, TutorReviewsResolver } from './reviews/review-edges.resolver.js';
import { ReviewEdgesService } from './reviews/review-edges.service.js';
import { SubjectResolver } from './subjects/subject.resolver.js';
import { SubjectService } from './subjects/subject.service.js';
import { TutorResolver } from './tutors/tutor.resolver.js';
import { TutorService } from './tutors/tutor.service.js';

/** Wires the marketplace room. */
export function createMarketplace({ orm, live, graph }: RoomTools): RoomParts {
  const offerings = new OfferingService();
  const reviewEdges = new ReviewEdgesService();
  return {
    resolvers: [
      new SubjectResolver(new SubjectService()),
      new TutorResolver(new TutorService(graph)),
      new TutorOfferingsResolver(offerings),
      new TutorReviewsResolver(reviewEdges),
      new OfferingResolver(offerings),
      new OrderResolver(new OrderService()),
      new OrderApplicationsResolver(new OrderApplicationsService()),
      new ApplicationResolver(new ApplicationService(), new ChoiceService()),
      new BookingResolver(new BookingService()),
      new BookingReviewResolver(reviewEdges),
      new ReviewResolver(new ReviewService()),
      new ReviewEdgesResolver(reviewEdges),
      new LiveResolver(new LiveService(live)),
    ],
    consumers: [tutorNamesConsumer(orm.em, graph)],
  };
}

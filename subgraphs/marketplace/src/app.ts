import { purgeIdempotencyKeysJob } from '@tutorgraph/kit/idempotency/purge-idempotency-keys.job';
import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { SubjectDemandResolver, TutorPerformanceResolver } from './analytics/tutor-performance.resolver.js';
import { TutorPerformanceService } from './analytics/tutor-performance.service.js';
import { ApplicationResolver } from './applications/application.resolver.js';
import { ApplicationService } from './applications/application.service.js';
import { ChoiceService } from './applications/choice.service.js';
import { OrderApplicationsResolver } from './applications/order-applications.resolver.js';
import { OrderApplicationsService } from './applications/order-applications.service.js';
import { BookingResolver } from './bookings/booking.resolver.js';
import { BookingService } from './bookings/booking.service.js';
import type { BookingClock } from './bookings/booking-clock.js';
import { createBookingLife } from './bookings/booking-life.js';
import { BookingMakingResolver } from './bookings/booking-making.resolver.js';
import { BookingMakingService } from './bookings/booking-making.service.js';
import { BookingMoveService } from './bookings/booking-move.service.js';
import { BookingSeriesService } from './bookings/booking-series.service.js';
import { SlotAlternatives } from './bookings/slot-alternatives.js';
import { SlotDesk } from './bookings/slot-desk.js';
import { wireCalendars } from './calendars/wire-calendars.js';
import { premiumConsumer } from './consumers/premium.consumer.js';
import { tutorNamesConsumer } from './consumers/tutor-names.consumer.js';
import { CopyResolver } from './copies/copy.resolver.js';
import { CopyService } from './copies/copy.service.js';
import { readMarketplaceEnvironment } from './environment.js';
import { BookingLiveResolver } from './live/booking-live.resolver.js';
import { BookingLiveService } from './live/booking-live.service.js';
import { LiveResolver } from './live/live.resolver.js';
import { LiveService } from './live/live.service.js';
import { wireMeetings } from './meetings/wire-meetings.js';
import { OfferingResolver, TutorOfferingsResolver } from './offerings/offering.resolver.js';
import { OfferingService } from './offerings/offering.service.js';
import { OrderResolver } from './orders/order.resolver.js';
import { OrderService } from './orders/order.service.js';
import { DealingsResolver } from './people/dealings.resolver.js';
import { DealingsService } from './people/dealings.service.js';
import { PolicyResolver } from './policies/policy.resolver.js';
import { PolicyService } from './policies/policy.service.js';
import { OfferingPricesResolver, PackageOfferResolver } from './rates/offer.resolver.js';
import { OfferService } from './rates/offer.service.js';
import { RateResolver } from './rates/rate.resolver.js';
import { RateService } from './rates/rate.service.js';
import { createReviews } from './reviews/create-reviews.js';
import { ScheduleResolver } from './schedules/schedule.resolver.js';
import { ScheduleService } from './schedules/schedule.service.js';
import { SlotsService } from './schedules/slots.service.js';
import { createFinding } from './search/finding.js';
import { SubjectResolver } from './subjects/subject.resolver.js';
import { SubjectService } from './subjects/subject.service.js';
import { TutorResolver } from './tutors/tutor.resolver.js';
import { TutorService } from './tutors/tutor.service.js';
import { createVerifications } from './verifications/verifications.js';

/** Wires the marketplace room. */
export function createMarketplace(tools: RoomTools): RoomParts {
  const { orm, live, graph } = tools;
  const environment = readMarketplaceEnvironment(tools.settings);
  const meetings = wireMeetings(tools, environment);
  const calendars = wireCalendars(tools, environment);
  const reviews = createReviews(tools, environment.SECRET_KEY);
  const finding = createFinding(orm);
  const verifications = createVerifications(tools, environment);
  const bookingLife = createBookingLife(tools);
  const offerings = new OfferingService();
  const offers = new OfferService();
  const performance = new TutorPerformanceService();
  return {
    resolvers: [
      new SubjectResolver(new SubjectService()),
      new TutorResolver(new TutorService(graph, reviews.profiles)),
      ...verifications.resolvers,
      ...finding.resolvers,
      new TutorOfferingsResolver(offerings),
      new OfferingResolver(offerings),
      new OfferingPricesResolver(offers),
      new PackageOfferResolver(offers),
      new RateResolver(new RateService()),
      new OrderResolver(new OrderService()),
      new OrderApplicationsResolver(new OrderApplicationsService()),
      new ApplicationResolver(new ApplicationService(), new ChoiceService()),
      new BookingResolver(new BookingService()),
      bookingMaking(bookingLife.clock),
      ...bookingLife.resolvers,
      new DealingsResolver(new DealingsService()),
      new CopyResolver(new CopyService()),
      new PolicyResolver(new PolicyService()),
      new ScheduleResolver(new ScheduleService(), new SlotsService()),
      ...reviews.resolvers,
      new LiveResolver(new LiveService(live)),
      new BookingLiveResolver(new BookingLiveService(live)),
      new TutorPerformanceResolver(performance),
      new SubjectDemandResolver(performance),
      ...meetings.resolvers,
      ...calendars.resolvers,
    ],
    jobs: [
      purgeIdempotencyKeysJob(orm.em),
      ...reviews.jobs,
      ...meetings.jobs,
      ...calendars.jobs,
      ...verifications.jobs,
      ...bookingLife.jobs,
      ...finding.jobs,
    ],
    consumers: [
      tutorNamesConsumer(orm.em, graph),
      premiumConsumer(),
      ...meetings.consumers,
      ...bookingLife.consumers,
      ...calendars.consumers,
    ],
    routes: (app) => {
      calendars.routes(app);
      meetings.routes(app);
    },
    close: () => bookingLife.close(),
  };
}

/** How bookings come to be and move. */
function bookingMaking(clock: BookingClock): BookingMakingResolver {
  const desk = new SlotDesk(new SlotAlternatives());
  return new BookingMakingResolver(
    new BookingMakingService(desk, clock),
    new BookingSeriesService(desk, clock),
    new BookingMoveService(desk, clock),
  );
}

import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { SubjectDemandResolver, TutorPerformanceResolver } from './analytics/tutor-performance.resolver.js';
import { resolveApplication } from './applications/application.reference.js';
import { ApplicationResolver } from './applications/application.resolver.js';
import { OrderApplicationsResolver } from './applications/order-applications.resolver.js';
import { resolveBooking } from './bookings/booking.reference.js';
import { BookingResolver } from './bookings/booking.resolver.js';
import { BookingLifeResolver } from './bookings/booking-life.resolver.js';
import { BookingMakingResolver } from './bookings/booking-making.resolver.js';
import { BookingStandingResolver } from './bookings/booking-standing.resolver.js';
import { FeedResolver } from './calendar-feeds/feed.resolver.js';
import { CopyResolver } from './copies/copy.resolver.js';
import { resolveDashboard, resolvePlatformMetrics } from './dashboards/dashboard.reference.js';
import { Dashboard, PlatformMetrics } from './dashboards/dashboard.types.js';
import { ExternalCalendarResolver } from './external-calendars/external-calendar.resolver.js';
import { FavouriteResolver, TutorSavedResolver } from './favourites/favourite.resolver.js';
import { GoogleCalendarResolver } from './google-calendars/google-calendar.resolver.js';
import { resolveInterview } from './interviews/interview.reference.js';
import { InterviewResolver, OfferingInterviewResolver } from './interviews/interview.resolver.js';
import { InterviewDeskResolver } from './interviews/interview-desk.resolver.js';
import { BookingLiveResolver } from './live/booking-live.resolver.js';
import { LiveResolver } from './live/live.resolver.js';
import { MeetingResolver } from './meetings/meeting.resolver.js';
import { CaseEdgesResolver, TutorModerationResolver } from './moderation/case-edges.resolver.js';
import { ModerationResolver } from './moderation/moderation.resolver.js';
import { OfferingResolver, TutorOfferingsResolver } from './offerings/offering.resolver.js';
import { resolveOrder } from './orders/order.reference.js';
import { OrderResolver } from './orders/order.resolver.js';
import { DealingsResolver } from './people/dealings.resolver.js';
import { PolicyResolver } from './policies/policy.resolver.js';
import { OfferingPricesResolver, PackageOfferResolver } from './rates/offer.resolver.js';
import { RateResolver } from './rates/rate.resolver.js';
import { resolveReview } from './reviews/review.reference.js';
import { ReviewResolver } from './reviews/review.resolver.js';
import {
  BookingReviewResolver,
  ReviewAnswerResolver,
  ReviewEdgesResolver,
  TutorReviewsResolver,
} from './reviews/review-edges.resolver.js';
import { SavedSearchResolver } from './saved-searches/saved-search.resolver.js';
import { ScheduleResolver } from './schedules/schedule.resolver.js';
import { SubjectFacetResolver, TutorSearchResolver } from './search/tutor-search.resolver.js';
import { resolveSubject } from './subjects/subject.reference.js';
import { SubjectResolver } from './subjects/subject.resolver.js';
import { resolveTutor } from './tutors/tutor.reference.js';
import { TutorResolver } from './tutors/tutor.resolver.js';
import {
  TutorVerificationResolver,
  VerificationDocumentResolver,
  VerificationResolver,
} from './verifications/verification.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    SubjectResolver,
    TutorResolver,
    TutorVerificationResolver,
    VerificationDocumentResolver,
    VerificationResolver,
    TutorSearchResolver,
    SubjectFacetResolver,
    SavedSearchResolver,
    TutorOfferingsResolver,
    TutorReviewsResolver,
    OfferingResolver,
    OfferingPricesResolver,
    PackageOfferResolver,
    RateResolver,
    OrderResolver,
    OrderApplicationsResolver,
    ApplicationResolver,
    BookingResolver,
    BookingMakingResolver,
    BookingLifeResolver,
    BookingStandingResolver,
    BookingReviewResolver,
    ReviewResolver,
    ReviewEdgesResolver,
    ReviewAnswerResolver,
    ModerationResolver,
    CaseEdgesResolver,
    TutorModerationResolver,
    DealingsResolver,
    CopyResolver,
    PolicyResolver,
    FavouriteResolver,
    TutorSavedResolver,
    FeedResolver,
    ExternalCalendarResolver,
    GoogleCalendarResolver,
    ScheduleResolver,
    LiveResolver,
    BookingLiveResolver,
    TutorPerformanceResolver,
    SubjectDemandResolver,
    MeetingResolver,
    InterviewResolver,
    InterviewDeskResolver,
    OfferingInterviewResolver,
  ],
  extensions: [Dashboard, PlatformMetrics],
  references: {
    Subject: resolveSubject,
    Tutor: resolveTutor,
    Order: resolveOrder,
    Application: resolveApplication,
    Booking: resolveBooking,
    Review: resolveReview,
    Interview: resolveInterview,
    Dashboard: resolveDashboard,
    PlatformMetrics: resolvePlatformMetrics,
  },
};

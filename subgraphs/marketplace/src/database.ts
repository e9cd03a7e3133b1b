import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { IdempotencyKey } from '@tutorgraph/kit/idempotency/idempotency-key.entity';
import { Application } from './applications/application.entity.js';
import { Booking } from './bookings/booking.entity.js';
import { BookingPayment } from './bookings/booking-payment.entity.js';
import { Calendar } from './calendars/calendar.entity.js';
import { BusyTime, ExternalCalendar } from './external-calendars/external-calendar.entity.js';
import { SavedTutor } from './favourites/saved-tutor.entity.js';
import { GoogleDeparture, GoogleLesson } from './google-calendars/google-lesson.entity.js';
import { Interview } from './interviews/interview.entity.js';
import { ModerationCase } from './moderation/moderation-case.entity.js';
import { ModerationDecision } from './moderation/moderation-decision.entity.js';
import { ProfileText } from './moderation/profile-text.entity.js';
import { Offering } from './offerings/offering.entity.js';
import { Order } from './orders/order.entity.js';
import { Policy } from './policies/policy.entity.js';
import { StudentRate } from './rates/student-rate.entity.js';
import { Review } from './reviews/review.entity.js';
import { ReviewAnswer } from './reviews/review-answer.entity.js';
import { TutorRating } from './reviews/tutor-rating.entity.js';
import { SavedSearch } from './saved-searches/saved-search.entity.js';
import { SavedSearchMatch } from './saved-searches/saved-search-match.entity.js';
import { TutorChange } from './saved-searches/tutor-change.entity.js';
import { DaysOff, Schedule, ScheduleOverride, ScheduleRule } from './schedules/schedule.entity.js';
import { SearchWord } from './search/search-word.entity.js';
import { SubjectCard } from './search/subject-card.entity.js';
import { TutorCard } from './search/tutor-card.entity.js';
import { Subject } from './subjects/subject.entity.js';
import { Tutor } from './tutors/tutor.entity.js';
import { Verification, VerificationDocument } from './verifications/verification.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'marketplace',
  entities: [
    ...eventEntities,
    IdempotencyKey,
    Subject,
    Tutor,
    Offering,
    Order,
    Application,
    Calendar,
    ExternalCalendar,
    BusyTime,
    GoogleLesson,
    GoogleDeparture,
    Schedule,
    ScheduleRule,
    ScheduleOverride,
    DaysOff,
    Policy,
    StudentRate,
    Booking,
    BookingPayment,
    Interview,
    Review,
    SavedTutor,
    Verification,
    VerificationDocument,
    ReviewAnswer,
    TutorRating,
    ModerationCase,
    ModerationDecision,
    ProfileText,
    TutorCard,
    SubjectCard,
    SearchWord,
    SavedSearch,
    SavedSearchMatch,
    TutorChange,
  ],
  migrations: new URL('../migrations/', import.meta.url),
};

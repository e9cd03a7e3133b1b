import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Booking } from '../bookings/booking.entity.js';
import { bookingsById } from '../bookings/booking.repository.js';
import { latestCases } from '../moderation/moderation.repository.js';
import type { ModerationCase } from '../moderation/moderation-case.entity.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import { ratingsOfTutors } from './rating.repository.js';
import { noDetails, summaryOf } from './rating.rules.js';
import { maySeeReview } from './review.access.js';
import type { Review } from './review.entity.js';
import { answersByReview, reviewPages, reviewsByBooking } from './review.repository.js';
import type { ReviewSignal, ReviewSummary } from './review.types.js';
import type { ReviewAnswer } from './review-answer.entity.js';

/** What lies around a review. */
export class ReviewEdgesService {
  /** A page of a tutor's reviews, the newest first. */
  ofTutor(context: RequestContext, tutor: Tutor, page: PageRequest): Promise<Connection<Review>> {
    return context.loader(reviewPages).load({ parent: tutor.id, page });
  }

  /** What a tutor's published reviews add up to. */
  async summary(context: RequestContext, { id, ratingSum, reviewCount }: Tutor): Promise<ReviewSummary> {
    const details = await context.loader(ratingsOfTutors).load(id);
    return summaryOf({ ratingSum, reviewCount }, details ?? noDetails);
  }

  /** The review of a booking, if the viewer may see it. */
  async ofBooking(context: RequestContext, booking: Booking): Promise<Review | null> {
    const review = await context.loader(reviewsByBooking).load(booking.id);
    return review && maySeeReview(context, review) ? review : null;
  }

  /** Who was reviewed. */
  tutor(context: RequestContext, review: Review): Promise<Tutor | null> {
    return context.loader(tutorsById).load(review.tutorId);
  }

  /** What was taught. */
  async subject(context: RequestContext, review: Review): Promise<Subject | null> {
    const booking = await context.loader(bookingsById).load(review.bookingId);
    return booking && context.loader(subjectsById).load(booking.subjectId);
  }

  /** The account of whoever wrote it, for themselves, the tutor and staff. */
  async author(context: RequestContext, review: Review): Promise<string | null> {
    return (await this.isInvolved(context, review)) ? review.studentId : null;
  }

  /** The booking, for its two people and staff. */
  async booking(context: RequestContext, review: Review): Promise<Booking | null> {
    return (await this.isInvolved(context, review)) ? context.loader(bookingsById).load(review.bookingId) : null;
  }

  /** What the tutor answered: for others once it is published. */
  async answer(context: RequestContext, review: Review): Promise<ReviewAnswer | null> {
    const answer = await context.loader(answersByReview).load(review.id);
    if (!answer || answer.state === 'PUBLISHED' || context.can('marketplace.moderation.manage')) return answer;
    return (await this.isTutor(context, review)) ? answer : null;
  }

  /** The newest moderation case about a review, for its author and those who moderate. */
  async moderationCase(context: RequestContext, { id, studentId }: Review): Promise<ModerationCase | null> {
    const isTheirs = context.isUser(studentId) || context.can('marketplace.moderation.manage');
    return isTheirs ? context.loader(latestCases).load(id) : null;
  }

  /** The newest moderation case about an answer, for the tutor and those who moderate. */
  async caseOfAnswer(context: RequestContext, { id, tutorId }: ReviewAnswer): Promise<ModerationCase | null> {
    const isTheirs = context.can('marketplace.moderation.manage') || (await this.isTutor(context, { tutorId }));
    return isTheirs ? context.loader(latestCases).load(id) : null;
  }

  /** What speaks for a review that was not meant honestly, in the viewer's language, for those who moderate. */
  signals(context: RequestContext, { signals }: Review): ReviewSignal[] | null {
    if (!context.can('marketplace.moderation.manage') || !signals) return null;
    return signals.map(({ kind, score, facts }) => {
      return { kind, score, explanation: context.text(`signal.${kind}`, facts) };
    });
  }

  /** All signals together, for those who moderate. */
  suspicion(context: RequestContext, { suspicion }: Review): number | null {
    return context.can('marketplace.moderation.manage') ? (suspicion ?? null) : null;
  }

  private async isInvolved(context: RequestContext, review: Review): Promise<boolean> {
    if (context.isUser(review.studentId) || context.can('marketplace.orders.read-any')) return true;
    return this.isTutor(context, review);
  }

  private async isTutor(context: RequestContext, { tutorId }: { tutorId: string }): Promise<boolean> {
    if (context.viewer.kind !== 'user') return false;
    const tutor = await context.loader(tutorsById).load(tutorId);
    return tutor !== null && context.isUser(tutor.userId);
  }
}

import { demoId } from '@tutorgraph/kit/demo/demo-id';
import type { Persona } from '@tutorgraph/kit/demo/persona';
import { fill, type Gender } from '@tutorgraph/kit/demo/text';
import { writeLetter } from './application-letter.js';
import type { OrderSituation } from './content/content.js';
import type { SubjectFacts } from './content/subjects.js';
import type { DemoApplication, DemoBooking, DemoFormat, DemoOrder, DemoReview } from './data.js';
import { describeOrder } from './order-text.js';
import type { Phrases } from './phrases.js';
import { budgetFor, inCurrency } from './rates.js';
import { drawScores } from './review-details.js';
import { drawStars, writeReview } from './reviews.js';
import type { MadeTutor } from './tutors.js';

/** An order with what the generator knows beyond the row. */
export interface MadeOrder {
  row: DemoOrder;
  situation: OrderSituation;
  subject: SubjectFacts;
  student: Persona;
  learnerGender: Gender;
  applications: { row: DemoApplication; tutor: MadeTutor }[];
  /** Replies that its applications have used. */
  taken: Set<string>;
}

/** What to post. */
export interface Posting {
  student: Persona;
  subject: SubjectFacts;
  situation: OrderSituation;
  format: DemoFormat;
  createdAt: Date;
}

const LESSON_MS = 3_600_000;
const NAMES_BUDGET = 0.88;

/** Writes what happens on the market and keeps its rules. */
export class Ledger {
  readonly orders: DemoOrder[] = [];
  readonly applications: DemoApplication[] = [];
  readonly bookings: DemoBooking[] = [];
  readonly reviews: DemoReview[] = [];

  constructor(
    private readonly seed: number,
    private readonly phrases: Phrases,
  ) {}

  /** A student posts an order. */
  post(posting: Posting): MadeOrder {
    const { student, subject, situation, format, createdAt } = posting;
    const { random } = this.phrases;
    const learnerGender = situation.voice === 'self' ? student.gender : random.pick<Gender>(['male', 'female']);
    const row: DemoOrder = {
      id: demoId(this.seed, 'order', this.orders.length),
      studentId: student.id,
      locale: student.locale,
      subject: subject.slug,
      level: situation.level,
      title: fill(situation.title, { gender: learnerGender }),
      ...describeOrder(this.phrases, posting, learnerGender),
      format,
      city: format === 'ONLINE' ? null : student.place.name[student.locale],
      budgetMinor: random.chance(NAMES_BUDGET) ? budgetFor(random, subject, student.place) : null,
      currency: student.place.currency,
      status: 'OPEN',
      createdAt,
      closedAt: null,
    };
    this.orders.push(row);
    return { row, situation, subject, student, learnerGender, applications: [], taken: new Set() };
  }

  /** A tutor applies; once to an order. */
  apply(order: MadeOrder, tutor: MadeTutor, createdAt: Date): DemoApplication {
    const offering = tutor.profile.offerings.find(({ subject }) => subject === order.row.subject);
    if (!offering) throw new Error(`Tutor ${tutor.profile.id} does not teach ${order.row.subject}`);
    const { currency, budgetMinor } = order.row;
    const rateMinor = inCurrency(offering.rateMinor, tutor.persona.place.currency, order.student.place.currency);
    const message = writeLetter(this.phrases, {
      tutor,
      subject: order.subject,
      situation: order.situation,
      taken: order.taken,
      price: { amountMinor: rateMinor, currency },
      withinBudget: budgetMinor !== null && rateMinor <= budgetMinor,
    });
    const row: DemoApplication = {
      id: demoId(this.seed, 'application', this.applications.length),
      orderId: order.row.id,
      tutorId: tutor.profile.id,
      message,
      rateMinor,
      currency,
      status: 'PENDING',
      createdAt,
      decidedAt: null,
    };
    this.applications.push(row);
    order.applications.push({ row, tutor });
    return row;
  }

  /** The student chooses: the others are not chosen, the order is matched and a booking waits for its time. */
  choose(order: MadeOrder, chosen: DemoApplication, decidedAt: Date): DemoBooking {
    decide(chosen, 'CHOSEN', decidedAt);
    this.close(order, decidedAt);
    order.row.status = 'MATCHED';
    const booking: DemoBooking = {
      id: demoId(this.seed, 'booking', this.bookings.length),
      applicationId: chosen.id,
      orderId: order.row.id,
      tutorId: chosen.tutorId,
      studentId: order.row.studentId,
      subject: order.row.subject,
      priceMinor: chosen.rateMinor,
      currency: chosen.currency,
      status: 'UNSCHEDULED',
      startsAt: null,
      endsAt: null,
      createdAt: decidedAt,
    };
    this.bookings.push(booking);
    return booking;
  }

  /** The order ends without a choice; whoever still waits is not chosen. */
  close(order: MadeOrder, closedAt: Date): void {
    order.row.status = 'CLOSED';
    order.row.closedAt = closedAt;
    for (const { row } of order.applications) {
      if (row.status === 'PENDING') decide(row, 'NOT_CHOSEN', closedAt);
    }
  }

  /** The lesson has taken place. */
  complete(booking: DemoBooking, startsAt: Date): void {
    booking.status = 'COMPLETED';
    booking.startsAt = startsAt;
    booking.endsAt = new Date(startsAt.getTime() + LESSON_MS);
  }

  /** The learner says how it was. */
  review(order: MadeOrder, tutor: MadeTutor, booking: DemoBooking, createdAt: Date): void {
    const rating = drawStars(this.phrases, tutor.quality);
    const text = writeReview(this.phrases, rating, {
      locale: order.row.locale,
      subject: order.row.subject,
      situation: order.situation,
      tutorGender: tutor.persona.gender,
      learnerGender: order.learnerGender,
    });
    this.reviews.push({
      id: demoId(this.seed, 'review', this.reviews.length),
      bookingId: booking.id,
      tutorId: booking.tutorId,
      studentId: booking.studentId,
      locale: order.row.locale,
      rating,
      ...drawScores(rating, this.seed, this.reviews.length),
      text,
      createdAt,
    });
  }
}

/** An application leaves PENDING. */
export function decide(row: DemoApplication, status: Exclude<DemoApplication['status'], 'PENDING'>, at: Date): void {
  row.status = status;
  row.decidedAt = at;
}

import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import * as school from '@tutorgraph/schema/events/learning';
import * as market from '@tutorgraph/schema/events/marketplace';
import * as money from '@tutorgraph/schema/events/payments';
import { z } from 'zod';
import { Cohorts } from '../course-groups/cohorts.js';
import { type Followed, noteFollowed } from './followed-change.repository.js';

type FollowedConsumer = Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>;

const bookingEvents = [
  market.bookingCreated,
  market.bookingHeld,
  market.bookingPaymentAwaited,
  market.bookingConfirmed,
  market.bookingRescheduled,
  market.bookingStarted,
  market.bookingCompleted,
  market.bookingCancelled,
  market.bookingExpired,
  market.bookingNoShow,
  market.bookingDisputed,
  market.bookingRefundDue,
  market.bookingMeetingChanged,
];
const orderEvents = [market.orderPosted, market.orderUpdated, market.orderMatched, market.orderClosed];
const applicationEvents = [
  market.applicationSubmitted,
  market.applicationWithdrawn,
  market.applicationChosen,
  market.applicationDeclined,
  market.applicationNotChosen,
];
const paymentEvents = [
  money.paymentOpened,
  money.paymentFailed,
  money.paymentProcessing,
  money.paymentSucceeded,
  money.paymentCancelled,
  money.paymentRefunded,
  money.paymentRefundFailed,
  money.paymentDisputed,
  money.paymentDisputeClosed,
  money.coursePaymentChanged,
];

const enrollmentEvents = [
  school.enrollmentStarted,
  school.enrollmentResumed,
  school.enrollmentMoved,
  school.enrollmentDropped,
  school.enrollmentCompleted,
];
const lessonEvents = [school.lessonStarted, school.lessonCompleted, school.testGraded];
const homeworkEvents = [
  school.homeworkAssigned,
  school.homeworkExtended,
  school.homeworkDueSoon,
  school.homeworkSubmitted,
  school.homeworkChecked,
  school.homeworkReviewed,
  school.homeworkReturned,
];

const ofBooking = z.object({ studentId: z.uuid(), tutorId: z.uuid() });
const ofOrder = z.object({ studentId: z.uuid() });
const ofApplication = z.object({ orderId: z.uuid(), tutorId: z.uuid() });
const ofPayment = z.object({ payerId: z.uuid() });
const ofStudent = z.object({ userId: z.uuid().nullable() });
const ofLesson = ofStudent.extend({ enrollmentId: z.uuid() });
const ofHomework = ofStudent.extend({ assignmentId: z.uuid() });
const ofClaim = z.object({ studentId: z.uuid() });

/** Notes for whose devices bookings, orders, payments and what they learn change. */
export function followedConsumers(graph: GraphClient): readonly FollowedConsumer[] {
  const followers = new Followers(graph);
  const cohorts = new Cohorts(graph);
  return [
    {
      name: 'followed-changes',
      stream: 'marketplace',
      handlers: {
        ...onEach(bookingEvents, async ({ subject: id, data }) => {
          const { studentId, tutorId } = ofBooking.parse(data);
          return { kind: 'BOOKING', id, userIds: [studentId, ...(await followers.ofTutor(tutorId))] };
        }),
        ...onEach(orderEvents, async ({ subject: id, data }) => {
          return { kind: 'ORDER', id, userIds: [ofOrder.parse(data).studentId] };
        }),
        ...onEach([market.orderDeleted], async ({ subject: id, data }) => {
          return { kind: 'ORDER', id, userIds: [ofOrder.parse(data).studentId], isDeleted: true };
        }),
        // What becomes of an application is read on its order, by both.
        ...onEach(applicationEvents, async ({ data }) => {
          const { orderId: id, tutorId } = ofApplication.parse(data);
          const people = await Promise.all([followers.ofTutor(tutorId), followers.ofOrder(id)]);
          return { kind: 'ORDER', id, userIds: people.flat() };
        }),
      },
    },
    {
      name: 'followed-changes',
      stream: 'payments',
      handlers: onEach(paymentEvents, async ({ subject: id, data }) => {
        return { kind: 'PAYMENT', id, userIds: [ofPayment.parse(data).payerId] };
      }),
    },
    {
      name: 'followed-changes',
      stream: 'learning',
      handlers: {
        ...onEach(enrollmentEvents, async ({ subject: id, data }) => {
          return { kind: 'LEARNING_PROGRESS', id, userIds: ownerOf(ofStudent.parse(data)) };
        }),
        ...onEach(lessonEvents, async ({ data }) => {
          const { enrollmentId: id, ...student } = ofLesson.parse(data);
          return { kind: 'LEARNING_PROGRESS', id, userIds: ownerOf(student) };
        }),
        ...onEach(homeworkEvents, async ({ data }) => {
          const { assignmentId: id, ...student } = ofHomework.parse(data);
          return { kind: 'HOMEWORK', id, userIds: ownerOf(student) };
        }),
        // What they were given before they had an account is theirs now.
        ...onEach([school.studentClaimed], async ({ data }) => {
          const found = await cohorts.placesOf(ofClaim.parse(data).studentId);
          if (!found) return [];
          return found.places.map(({ enrollmentId: id }) => {
            return { kind: 'LEARNING_PROGRESS', id, userIds: ownerOf(found) };
          });
        }),
      },
    },
  ];
}

function onEach(
  events: readonly { type: string }[],
  find: (event: DomainEvent) => Promise<Followed | Followed[]>,
): Record<string, EventHandler> {
  const handler: EventHandler<Followed[]> = {
    prepare: async (event) => [await find(event)].flat(),
    apply: async (tx, _event, all) => {
      for (const followed of all) await noteFollowed(tx, followed, new Date());
    },
  };
  return Object.fromEntries(events.map(({ type }) => [type, handler as EventHandler]));
}

/** Nobody as long as a student has no account. */
function ownerOf({ userId }: { userId: string | null }): string[] {
  return userId ? [userId] : [];
}

const reference = z.object({ id: z.uuid() }).nullish();

/** The accounts behind things of marketplace; none of what is not there any longer. */
class Followers {
  constructor(private readonly graph: GraphClient) {}

  async ofTutor(tutorId: string): Promise<string[]> {
    const found = await this.graph.entities('marketplace', 'Tutor', [tutorId], ['user { id }']);
    return idOf(found.get(tutorId)?.['user']);
  }

  async ofOrder(orderId: string): Promise<string[]> {
    const found = await this.graph.entities('marketplace', 'Order', [orderId], ['student { id }']);
    return idOf(found.get(orderId)?.['student']);
  }
}

function idOf(value: unknown): string[] {
  const found = reference.parse(value);
  return found ? [found.id] : [];
}

import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import {
  applicationSubmitted,
  bookingConfirmed,
  bookingCreated,
  bookingPaymentAwaited,
} from '@tutorgraph/schema/events/marketplace';
import { packageBought, paymentSucceeded } from '@tutorgraph/schema/events/payments';
import type { Dealings } from '../dealings/dealings.js';
import type { People } from '../people/people.js';
import type { DirectRooms, Pair } from './direct-rooms.js';

type Consumer = Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>;

/** A student, and the profile of a tutor, as an event names them. */
interface Named {
  studentId: string | null;
  tutorId: string;
}

/** Lets students and tutors write to each other as soon as they have something in common. */
export function directRoomsConsumers(rooms: DirectRooms, dealings: Dealings, people: People): readonly Consumer[] {
  const opening = (isPaid: boolean, named: (event: DomainEvent) => Promise<Named>): EventHandler => {
    const handler: EventHandler<Pair | null> = {
      prepare: async (event) => {
        const { studentId, tutorId } = await named(event);
        const tutorUserId = await dealings.accountOfTutor(tutorId);
        // Somebody who teaches may book lessons, but not with themselves; who was erased is not written to.
        if (!(studentId && tutorUserId) || studentId === tutorUserId) return null;
        const userIds = [studentId, tutorUserId] as const;
        return (await people.exist(userIds)) ? { userIds, isPaid } : null;
      },
      apply: async (tx, _event, pair) => {
        if (pair) await rooms.open(tx, pair, new Date());
      },
    };
    return handler as EventHandler;
  };
  const ofBooking = async ({ data }: DomainEvent): Promise<Named> => bookingCreated.schema.parse(data);
  const ofPayment = async ({ data }: DomainEvent): Promise<Named> => {
    const { payerId, tutorId } = paymentSucceeded.schema.parse(data);
    return { studentId: payerId, tutorId };
  };
  const ofApplication = async ({ data }: DomainEvent): Promise<Named> => {
    const { orderId, tutorId } = applicationSubmitted.schema.parse(data);
    return { studentId: await dealings.studentOfOrder(orderId), tutorId };
  };
  return [
    {
      name: 'direct-rooms',
      stream: 'marketplace',
      handlers: {
        [applicationSubmitted.type]: opening(false, ofApplication),
        [bookingCreated.type]: opening(false, ofBooking),
        [bookingPaymentAwaited.type]: opening(false, ofBooking),
        [bookingConfirmed.type]: opening(true, ofBooking),
      },
    },
    {
      name: 'direct-rooms',
      stream: 'payments',
      handlers: {
        [paymentSucceeded.type]: opening(true, ofPayment),
        [packageBought.type]: opening(true, async ({ data }) => packageBought.schema.parse(data)),
      },
    },
  ];
}

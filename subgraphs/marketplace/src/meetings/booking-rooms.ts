import { LockMode } from '@mikro-orm/core';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Booking } from '../bookings/booking.entity.js';
import { aboutBooking } from '../bookings/booking.transitions.js';
import { bookingMeetingChanged } from '../events.js';
import { needOfBooking } from './meeting.rules.js';
import type { MeetingProvider } from './meeting-provider.js';
import type { RoomHolders } from './meeting-rooms.js';

/** Lessons have rooms while they are to take place. */
export function bookingRooms(provider: MeetingProvider): RoomHolders<Booking> {
  return {
    kind: 'booking',
    provider,
    lock: (tx, id) => tx.findOne(Booking, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true }),
    need: ({ status }) => needOfBooking(status),
    meeting: ({ id: key, sequence: version, startsAt, endsAt }) => {
      // Only a room that is removed has no time, and needs none.
      const begins = startsAt ?? new Date(0);
      return { key, version, title: 'Lesson', startsAt: begins, endsAt: endsAt ?? begins };
    },
    recordChange: async (tx, booking) => recordEvent(tx, bookingMeetingChanged.create(aboutBooking(booking))),
  };
}

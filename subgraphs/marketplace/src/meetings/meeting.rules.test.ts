import { describe, expect, it } from 'vitest';
import { bookingStatuses } from '../bookings/booking.rules.js';
import { needOfBooking, type RoomNeed, type RoomStep, roomStep } from './meeting.rules.js';

const none = { sequence: 2, meetingProvider: null, meetingId: null, meetingSequence: null };
const begun = { ...none, meetingProvider: 'ZOOM' };
const there = { ...begun, meetingId: '1', meetingSequence: 2 };
const elsewhen = { ...there, meetingSequence: 1 };

const steps: [RoomNeed, Record<'none' | 'begun' | 'there' | 'elsewhen', RoomStep>][] = [
  ['NEEDED', { none: 'CREATE', begun: 'CREATE', there: 'NOTHING', elsewhen: 'MOVE' }],
  ['UNWANTED', { none: 'NOTHING', begun: 'REMOVE', there: 'REMOVE', elsewhen: 'REMOVE' }],
  ['AS_IT_IS', { none: 'NOTHING', begun: 'NOTHING', there: 'NOTHING', elsewhen: 'NOTHING' }],
];

describe('a room', () => {
  it.each(steps)('that is %s becomes so, whatever it is now', (need, expected) => {
    const found = Object.entries({ none, begun, there, elsewhen }).map(([name, room]) => [name, roomStep(need, room)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('is needed while a lesson is to take place, and unwanted once it does not', () => {
    const needed = bookingStatuses.filter((status) => needOfBooking(status) === 'NEEDED');
    const unwanted = bookingStatuses.filter((status) => needOfBooking(status) === 'UNWANTED');
    expect(needed).toEqual(['CONFIRMED', 'IN_PROGRESS']);
    expect(unwanted).toEqual(['CANCELLED', 'EXPIRED', 'NO_SHOW']);
  });
});

import type { BookingStatus } from '../bookings/booking.rules.js';

/** Who can make video rooms. */
export const meetingProviderNames = ['GOOGLE_MEET', 'ZOOM', 'JITSI'] as const;
/** @see meetingProviderNames */
export type MeetingProviderName = (typeof meetingProviderNames)[number];

/** What a lesson or an interview wants of its room: that it is there, that it is gone, or that it stays as it is. */
export type RoomNeed = 'NEEDED' | 'UNWANTED' | 'AS_IT_IS';

/** What is known of a room. */
export interface RoomState {
  /** Counts the times that whoever has the room was given. */
  sequence: number;
  /** Set when somebody began to make the room. */
  meetingProvider?: string | null | undefined;
  /** Set when it was made. */
  meetingId?: string | null | undefined;
  meetingUrl?: string | null | undefined;
  /** The `sequence` whose time the room has. */
  meetingSequence?: number | null | undefined;
  /** Until when one job alone works at it. */
  meetingClaimedUntil?: Date | null | undefined;
}

/** What has to be done so that a room is as it must be now; the same whatever has happened in which order. */
export type RoomStep = 'CREATE' | 'MOVE' | 'REMOVE' | 'NOTHING';

/** @see RoomStep */
export function roomStep(need: RoomNeed, room: RoomState): RoomStep {
  if (need === 'AS_IT_IS') return 'NOTHING';
  if (need === 'UNWANTED') return room.meetingProvider ? 'REMOVE' : 'NOTHING';
  if (!room.meetingProvider || !room.meetingId) return 'CREATE';
  return room.meetingSequence === room.sequence ? 'NOTHING' : 'MOVE';
}

const needs: Readonly<Record<BookingStatus, RoomNeed>> = {
  UNSCHEDULED: 'AS_IT_IS',
  HELD: 'AS_IT_IS',
  PENDING_PAYMENT: 'AS_IT_IS',
  CONFIRMED: 'NEEDED',
  IN_PROGRESS: 'NEEDED',
  // After a lesson its room stays as it was, unseen.
  COMPLETED: 'AS_IT_IS',
  CANCELLED: 'UNWANTED',
  EXPIRED: 'UNWANTED',
  NO_SHOW: 'UNWANTED',
  DISPUTED: 'AS_IT_IS',
};

/** What a booking that stands so wants of its room; while it is needed, its two people see the link. */
export function needOfBooking(status: BookingStatus): RoomNeed {
  return needs[status];
}

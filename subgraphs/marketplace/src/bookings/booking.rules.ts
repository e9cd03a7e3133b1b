/** Where a booking stands. */
export const bookingStatuses = [
  'UNSCHEDULED',
  'HELD',
  'PENDING_PAYMENT',
  'CONFIRMED',
  'IN_PROGRESS',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
  'NO_SHOW',
  'DISPUTED',
] as const;
/** @see bookingStatuses */
export type BookingStatus = (typeof bookingStatuses)[number];

/**
 * Where a booking can go from where it stands; everything else is refused. A hold of what was agreed by an order waits for
 * a time again when it ends. An expired booking comes back only by money that arrives late, while its time is still free; a
 * completed one, when only the tutor says that it took place and is then reported absent.
 */
export const bookingTransitions: Readonly<Record<BookingStatus, readonly BookingStatus[]>> = {
  UNSCHEDULED: ['HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'CANCELLED'],
  HELD: ['PENDING_PAYMENT', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'UNSCHEDULED'],
  PENDING_PAYMENT: ['CONFIRMED', 'EXPIRED', 'CANCELLED'],
  CONFIRMED: ['IN_PROGRESS', 'CANCELLED'],
  IN_PROGRESS: ['COMPLETED', 'NO_SHOW', 'CANCELLED'],
  COMPLETED: ['NO_SHOW'],
  CANCELLED: [],
  EXPIRED: ['CONFIRMED'],
  NO_SHOW: ['DISPUTED'],
  DISPUTED: ['COMPLETED', 'NO_SHOW', 'CANCELLED'],
};

/** May a booking go from one status to another? */
export function mayBookingBecome(from: BookingStatus, to: BookingStatus): boolean {
  return bookingTransitions[from].includes(to);
}

/** In these a booking takes its time in the calendars of its two people; a hold only until it expires. */
export const occupyingStatuses = ['HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS'] as const;

/** In these both have agreed that the lesson takes place, or it has. */
export const firmStatuses = ['CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW', 'DISPUTED'] as const;

/** What somebody is in a booking. */
export const bookingRoles = ['STUDENT', 'TUTOR'] as const;
/** @see bookingRoles */
export type BookingRoleName = (typeof bookingRoles)[number];

/** How bookings can be ordered. */
export const bookingOrders = ['NEWEST', 'EARLIEST', 'LATEST'] as const;
/** @see bookingOrders */
export type BookingOrderName = (typeof bookingOrders)[number];

/** What kind of lesson it is. */
export const bookingKinds = ['REGULAR', 'TRIAL'] as const;
/** @see bookingKinds */
export type BookingKind = (typeof bookingKinds)[number];

/** Who did something to a booking; SYSTEM is a job, or money that came or did not. */
export const bookingActors = ['STUDENT', 'TUTOR', 'STAFF', 'SYSTEM'] as const;
/** @see bookingActors */
export type BookingActor = (typeof bookingActors)[number];
/** From which side somebody acts upon a booking; who is one of its two people is not staff in it. */
export type BookingSide = Exclude<BookingActor, 'SYSTEM'>;

/** Lessons last at least and at most so many minutes, in steps of five. */
export const LESSON_MINUTES = { least: 15, most: 240, step: 5 } as const;

/** So many slots one student may hold at a time. */
export const MOST_HOLDS = 3;

/**
 * Whoever has held a time in vain as long as one hold lasts, in one go or in several, cannot hold it again for so many times
 * as long: nobody keeps a tutor's time from others without booking it.
 */
export const HOLD_COOLDOWN = 2;

/** So many lessons of one student may wait for their payment at a time: two series as long as can be. */
export const MOST_UNPAID = 52;

/** So many lessons a weekly series may have. */
export const SERIES_LESSONS = { least: 2, most: 26 } as const;

/** What a lesson costs whose hour costs `hourlyMinor`, in the same minor units, rounded half up. */
export function lessonPrice(hourlyMinor: number, minutes: number): number {
  return Math.round((hourlyMinor * minutes) / 60);
}

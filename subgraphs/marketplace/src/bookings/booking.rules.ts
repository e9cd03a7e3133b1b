/** Where a booking stands. */
export const bookingStatuses = ['UNSCHEDULED', 'COMPLETED', 'CANCELLED'] as const;
/** @see bookingStatuses */
export type BookingStatus = (typeof bookingStatuses)[number];

/** What somebody is in a booking. */
export const bookingRoles = ['STUDENT', 'TUTOR'] as const;
/** @see bookingRoles */
export type BookingRoleName = (typeof bookingRoles)[number];

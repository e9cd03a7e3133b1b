/** Where a booking stands. */
export const bookingStatuses = ['UNSCHEDULED', 'COMPLETED', 'CANCELLED'] as const;
/** @see bookingStatuses */
export type BookingStatus = (typeof bookingStatuses)[number];

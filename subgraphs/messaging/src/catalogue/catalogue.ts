import { bookingConfirmedType } from './bookings/booking-confirmed.js';
import { bookingReminderDayType, bookingReminderHourType } from './bookings/booking-reminder.js';
import type { NotificationType } from './notification-type.js';
import { announcementType, staffMessageType } from './staff/sendings.js';

/** Everything that people may be told, in the order in which they choose of what they hear. */
export const notificationTypes: readonly NotificationType[] = [
  // Lessons.
  bookingConfirmedType,
  bookingReminderDayType,
  bookingReminderHourType,
  // From staff.
  staffMessageType,
  announcementType,
];

const byName = new Map(notificationTypes.map((definition) => [definition.type, definition]));

/** A type by its name; undefined for one that is not in the catalogue any longer. */
export function notificationType(name: string): NotificationType | undefined {
  return byName.get(name);
}

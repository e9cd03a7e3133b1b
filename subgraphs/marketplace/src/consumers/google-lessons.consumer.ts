import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import {
  bookingCancelled,
  bookingConfirmed,
  bookingExpired,
  bookingMeetingChanged,
  bookingRescheduled,
} from '../events.js';
import { googleCalendarsOf } from '../google-calendars/google-lesson.repository.js';
import type { WriteGoogleLessonJob } from '../jobs/write-google-lesson.job.js';

/** Has lessons written into the Google calendars of their people whenever what these show of them changes. */
export function googleLessonsConsumer(
  job: WriteGoogleLessonJob,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const write: EventHandler = {
    apply: async (tx, { subject: bookingId }) => {
      for (const calendarId of await googleCalendarsOf(tx, bookingId))
        await enqueue(tx, job, { calendarId, bookingId });
    },
  };
  const types = [bookingConfirmed, bookingRescheduled, bookingCancelled, bookingExpired, bookingMeetingChanged];
  return {
    name: 'google-lessons',
    stream: 'marketplace',
    handlers: Object.fromEntries(types.map(({ type }) => [type, write])),
  };
}

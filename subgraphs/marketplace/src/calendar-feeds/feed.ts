import type { Messages } from '@tutorgraph/kit/messages/messages';
import ical, { ICalCalendarMethod, ICalEventBusyStatus, type ICalEventData, ICalEventStatus } from 'ical-generator';
import type { BookingStatus } from '../bookings/booking.rules.js';
import type { InterviewStatus } from '../interviews/interview.rules.js';
import type { FeedInterview, FeedLesson } from './feed.repository.js';

/** By which importers tell our lessons from other events: they must not block the time that they take. */
export const UID_DOMAIN = 'tutorgraph';
const REFRESH_SECONDS = 15 * 60;

const shown: Partial<Record<BookingStatus | InterviewStatus, ICalEventStatus>> = {
  PENDING_PAYMENT: ICalEventStatus.TENTATIVE,
  CANCELLED: ICalEventStatus.CANCELLED,
  EXPIRED: ICalEventStatus.CANCELLED,
};

/** What somebody has to do with us, and when. */
export interface FeedEntries {
  lessons: readonly FeedLesson[];
  interviews: readonly FeedInterview[];
}

/** Lessons and interviews as an iCalendar document (RFC 5545), in a language. */
export function writeFeed({ lessons, interviews }: FeedEntries, locale: string, messages: Messages): string {
  const calendar = ical({
    name: messages(locale, 'CALENDAR_NAME'),
    prodId: { company: 'Tutorgraph', product: 'Lessons', language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  const subjectOf = (entry: FeedLesson | FeedInterview) => (locale === 'ru' ? entry.subjectRu : entry.subjectEn);
  for (const lesson of lessons) {
    const key = lesson.tutorName === null ? 'CALENDAR_LESSON' : 'CALENDAR_LESSON_WITH';
    const words = { subject: subjectOf(lesson), tutor: lesson.tutorName ?? '' };
    calendar.createEvent(eventOf(lesson, messages(locale, key, words)));
  }
  for (const interview of interviews) {
    const words = { subject: subjectOf(interview), tutor: interview.tutorName };
    calendar.createEvent(eventOf(interview, messages(locale, 'CALENDAR_INTERVIEW', words)));
  }
  return calendar.toString();
}

function eventOf(entry: FeedLesson | FeedInterview, summary: string): ICalEventData {
  const status = shown[entry.status] ?? ICalEventStatus.CONFIRMED;
  return {
    id: `${entry.id}@${UID_DOMAIN}`,
    sequence: entry.sequence,
    status,
    busystatus: status === ICalEventStatus.CANCELLED ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    summary,
    start: entry.startsAt,
    end: entry.endsAt,
    created: entry.createdAt,
    lastModified: entry.updatedAt,
    // When this version of the event came to be: a feed that has not changed reads the same.
    stamp: entry.updatedAt,
    ...(entry.meetingUrl && { url: entry.meetingUrl, location: entry.meetingUrl }),
  };
}

import type { Messages } from '@tutorgraph/kit/messages/messages';
import ical, { ICalAttendeeRole, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { UID_DOMAIN } from '../calendar-feeds/feed.js';
import type { Interview } from './interview.entity.js';

/** What an invitation says. */
export interface InvitationContent {
  interview: Interview;
  startsAt: Date;
  endsAt: Date;
  subject: string;
  tutorName: string;
  /** The name of the host that serves it. */
  host: string;
}

/** An interview as an iCalendar message (RFC 5546): a request, or the cancellation of one; the same event each time. */
export function writeInvitation(content: InvitationContent, locale: string, messages: Messages): string {
  const { interview, startsAt, endsAt, subject, tutorName, host } = content;
  const isOff = interview.status === 'CANCELLED';
  const calendar = ical({
    prodId: { company: 'Tutorgraph', product: 'Interviews', language: locale.toUpperCase() },
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  const { meetingUrl } = interview;
  calendar.createEvent({
    id: `${interview.id}@${UID_DOMAIN}`,
    sequence: interview.sequence,
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: messages(locale, 'CALENDAR_INTERVIEW', { tutor: tutorName, subject }),
    start: startsAt,
    end: endsAt,
    created: interview.createdAt,
    lastModified: interview.updatedAt,
    // When this version of the event came to be: an invitation that has not changed reads the same.
    stamp: interview.updatedAt,
    // People's addresses are accounts' alone; a calendar needs some for a request, and answers go to nobody.
    organizer: { name: 'Tutorgraph', email: `no-reply@${host}` },
    attendees: [{ name: tutorName, email: `tutor@${host}`, role: ICalAttendeeRole.REQ, rsvp: false }],
    ...(meetingUrl && !isOff && { url: meetingUrl, location: meetingUrl }),
  });
  return calendar.toString();
}

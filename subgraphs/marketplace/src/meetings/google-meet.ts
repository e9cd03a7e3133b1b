import type { OpenGoogle } from '../google/google-settings.js';
import { eventIdOf, type MeetEvent, putMeetEvent, removeMeetEvent } from '../google/meet-event.js';
import type { Meeting, MeetingProvider, MeetingRoom } from './meeting-provider.js';

/** Google Meet rooms: events of our own calendar, without guests. */
export class GoogleMeet implements MeetingProvider {
  readonly name = 'GOOGLE_MEET';

  constructor(private readonly open: OpenGoogle) {}

  async create(meeting: Meeting, mayExist: boolean): Promise<MeetingRoom> {
    const event = eventOf(meeting);
    return { id: event.id, url: await putMeetEvent(await this.open(), event, mayExist) };
  }

  move({ id: _ }: MeetingRoom, meeting: Meeting): Promise<MeetingRoom> {
    return this.create(meeting, true);
  }

  async remove({ key }: Pick<Meeting, 'key'>): Promise<void> {
    await removeMeetEvent(await this.open(), eventIdOf(key));
  }
}

function eventOf({ key, title: summary, startsAt, endsAt }: Meeting): MeetEvent {
  return { id: eventIdOf(key), summary, startsAt, endsAt };
}

import type { MeetingProviderName } from './meeting.rules.js';

/** A lesson or an interview that needs a room. */
export interface Meeting {
  /** The same for the same room, whenever it is asked for: the id of the booking or the interview. */
  key: string;
  /** Counts up when the same key is to have another room. */
  version: number;
  /** What the provider calls it; nothing of people. */
  title: 'Lesson' | 'Interview';
  startsAt: Date;
  endsAt: Date;
}

/** A room that was made. */
export interface MeetingRoom {
  /** What the provider calls it. */
  id: string;
  /** Where one enters it. */
  url: string;
}

/**
 * Makes video rooms. Each call may be repeated after one whose end nobody knows: the same meeting has one room.
 * All throw OutsideError, and none names a person to the provider.
 */
export interface MeetingProvider {
  readonly name: MeetingProviderName;
  /** @param mayExist an earlier call for this meeting may have made the room */
  create(meeting: Meeting, mayExist: boolean): Promise<MeetingRoom>;
  /** Gives a room another time. One that somebody has deleted is made anew. */
  move(room: MeetingRoom, meeting: Meeting): Promise<MeetingRoom>;
  /** Removes a room, or what an unfinished `create` left; one that is gone already is fine. */
  remove(room: Pick<Meeting, 'key'> & { id: string | null }): Promise<void>;
}

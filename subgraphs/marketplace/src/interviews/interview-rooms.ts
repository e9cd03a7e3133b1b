import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { interviewMeetingChanged } from '../events.js';
import type { MeetingProviders } from '../meetings/meeting-providers.js';
import type { RoomHolders } from '../meetings/meeting-rooms.js';
import { Tutor } from '../tutors/tutor.entity.js';
import type { Interview } from './interview.entity.js';
import { lockInterview } from './interview.repository.js';
import { needOfInterview } from './interview.rules.js';
import { aboutInterview } from './interview.transitions.js';

/** Interviews have rooms while they are to take place: events of our own Google calendar where there is one. */
export function interviewRooms(providers: MeetingProviders): RoomHolders<Interview> {
  return {
    kind: 'interview',
    provider: providers.get('GOOGLE_MEET') ?? providers.preferred,
    lock: lockInterview,
    need: ({ status }) => needOfInterview(status),
    meeting: ({ id: key, sequence: version, startsAt, endsAt }) => {
      // Only a room that is removed has no time, and needs none.
      const begins = startsAt ?? new Date(0);
      return { key, version, title: 'Interview', startsAt: begins, endsAt: endsAt ?? begins };
    },
    recordChange: async (tx, interview) => {
      const { userId } = await tx.findOneOrFail(Tutor, { id: interview.tutorId });
      // Its invitation says something else now.
      interview.updatedAt = new Date();
      recordEvent(tx, interviewMeetingChanged.create(aboutInterview(interview, userId)));
    },
  };
}

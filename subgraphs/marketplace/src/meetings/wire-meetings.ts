import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { meetingsConsumer } from '../consumers/meetings.consumer.js';
import type { readMarketplaceEnvironment } from '../environment.js';
import { serviceCalendar } from '../google/google-settings.js';
import { wireInterviews } from '../interviews/wire-interviews.js';
import { prepareRoomJob } from '../jobs/prepare-room.job.js';
import { sweepMeetingsJob } from '../jobs/sweep-meetings.job.js';
import { bookingRooms } from './booking-rooms.js';
import { MeetingResolver } from './meeting.resolver.js';
import { MeetingService } from './meeting.service.js';
import { meetingProviders } from './meeting-providers.js';
import { MeetingRooms } from './meeting-rooms.js';

/** Wires what has video rooms: lessons, and interviews of tutors. */
export function wireMeetings(
  tools: RoomTools,
  environment: ReturnType<typeof readMarketplaceEnvironment>,
): Required<Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes'>> {
  const { orm, metrics } = tools;
  const providers = meetingProviders(environment, serviceCalendar(environment));
  const rooms = new MeetingRooms(orm.em, bookingRooms(providers.preferred), providers, metrics);
  const job = prepareRoomJob(orm.em, rooms, {
    name: 'prepare-meeting',
    description: 'Makes, moves or removes the video room of a lesson.',
  });
  const interviews = wireInterviews(tools, environment.SECRET_KEY, providers);
  return {
    resolvers: [new MeetingResolver(new MeetingService(providers)), ...interviews.resolvers],
    jobs: [job, sweepMeetingsJob(orm.em, job), ...interviews.jobs],
    consumers: [meetingsConsumer(job), ...interviews.consumers],
    routes: interviews.routes,
  };
}

import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { interviewRoomsConsumer } from '../consumers/meetings.consumer.js';
import { prepareRoomJob } from '../jobs/prepare-room.job.js';
import type { MeetingProviders } from '../meetings/meeting-providers.js';
import { MeetingRooms } from '../meetings/meeting-rooms.js';
import { InterviewResolver, OfferingInterviewResolver } from './interview.resolver.js';
import { InterviewService } from './interview.service.js';
import { InterviewDeskResolver } from './interview-desk.resolver.js';
import { InterviewDeskService } from './interview-desk.service.js';
import { interviewRooms } from './interview-rooms.js';
import { registerInvitations } from './invitation.routes.js';
import { Invitations } from './invitations.js';

/** Wires interviews of tutors. */
export function wireInterviews(
  { orm, metrics, messages, origin, graph, rateLimiter }: RoomTools,
  secret: string,
  providers: MeetingProviders,
): Required<Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes'>> {
  const invitations = new Invitations({ em: orm.em, messages, secret, origin });
  const interviews = new InterviewService(invitations);
  const desk = new InterviewDeskService(graph);
  const rooms = new MeetingRooms(orm.em, interviewRooms(providers), providers, metrics);
  const job = prepareRoomJob(orm.em, rooms, {
    name: 'prepare-interview-room',
    description: 'Makes, moves or removes the video room of an interview.',
  });
  return {
    resolvers: [
      new InterviewResolver(interviews, desk),
      new InterviewDeskResolver(desk),
      new OfferingInterviewResolver(interviews),
    ],
    jobs: [job],
    consumers: [interviewRoomsConsumer(job)],
    routes: (app) => registerInvitations(app, invitations, rateLimiter),
  };
}

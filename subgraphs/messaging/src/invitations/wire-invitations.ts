import type { MessagingCore, MessagingPart } from '../core.js';
import { deliverInvitationJob } from './deliver-invitation.job.js';
import { invitationsConsumer } from './invitations.consumer.js';
import { StudentInvitations } from './student-invitations.js';

/** Wires how people are invited who have no account. */
export function createInvitations({ tools, channels, environment }: MessagingCore): MessagingPart {
  const { graph, messages } = tools;
  const invitations = new StudentInvitations(graph);
  const deliver = deliverInvitationJob({ invitations, channels, messages, appUrl: environment.APP_URL });
  return { resolvers: [], jobs: [deliver], consumers: [invitationsConsumer(deliver)] };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { studentInvited } from '@tutorgraph/schema/events/learning';
import type { DeliverInvitationJob } from './deliver-invitation.job.js';

/** Has invited whom learning wants to be invited. */
export function invitationsConsumer(
  deliverInvitation: DeliverInvitationJob,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'invitations',
    stream: 'learning',
    handlers: {
      [studentInvited.type]: {
        apply: (tx: EntityManager, { subject }: DomainEvent) => enqueue(tx, deliverInvitation, { studentId: subject }),
      },
    },
  };
}

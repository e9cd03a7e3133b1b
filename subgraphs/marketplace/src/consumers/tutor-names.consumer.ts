import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { userUpdated } from '@tutorgraph/schema/events/accounts';
import { tutorChanged } from '../events.js';
import { displayNameOf } from '../tutors/display-name.js';
import { findTutorByUser, lockTutorByUser } from '../tutors/tutor.repository.js';

/** Keeps the names on tutor profiles as they are in accounts. */
export function tutorNamesConsumer(
  em: EntityManager,
  graph: GraphClient,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'tutor-names',
    stream: 'accounts',
    handlers: {
      [userUpdated.type]: {
        // Most accounts have no profile: only for those that have one is accounts asked.
        prepare: async ({ subject }) =>
          (await findTutorByUser(em.fork(), subject)) ? displayNameOf(graph, subject) : undefined,
        apply: async (tx, { subject }, displayName) => {
          const tutor = await lockTutorByUser(tx, subject);
          // None if its owner was forgotten meanwhile: their name must not come back.
          if (!tutor || typeof displayName !== 'string' || tutor.displayName === displayName) return;
          tutor.displayName = displayName;
          tutor.updatedAt = new Date();
          recordEvent(tx, tutorChanged.create({ subject: tutor.id, data: { userId: subject } }));
        },
      },
    },
  };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { sessionRevoked, userRemoved } from '@tutorgraph/schema/events/accounts';
import { deleteDevicesOf, deleteDevicesOfSession } from './device.repository.js';

/** A device gets no pushes once the session has ended by which it was registered: a phone that was lost, say. */
export const endedSessionsConsumer: Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> = {
  name: 'devices-of-ended-sessions',
  stream: 'accounts',
  handlers: {
    [sessionRevoked.type]: {
      apply: (tx: EntityManager, { subject }: DomainEvent) => deleteDevicesOfSession(tx, subject),
    },
    [userRemoved.type]: { apply: (tx: EntityManager, { subject }: DomainEvent) => deleteDevicesOf(tx, subject) },
  },
};

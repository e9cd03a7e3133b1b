import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { accountNoticeSettled } from '@tutorgraph/schema/events/messaging';
import { deleteNotice } from './notice.repository.js';

/** Forgets notices that messaging has sent, or never will. */
export const settledNoticesConsumer: Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> = {
  name: 'settled-notices',
  stream: 'messaging',
  handlers: {
    [accountNoticeSettled.type]: { apply: (tx: EntityManager, { subject }: DomainEvent) => deleteNotice(tx, subject) },
  },
};

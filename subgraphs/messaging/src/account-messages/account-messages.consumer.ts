import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { codeRequested, noticeRequested, userRemoved } from '@tutorgraph/schema/events/accounts';
import { forgetMessagesOf } from '../mailbox/mailbox.repository.js';
import type { DeliverCodeJob } from './deliver-code.job.js';
import type { DeliverNoticeJob } from './deliver-notice.job.js';

/**
 * Has sent what accounts wants to be sent. An account that was never proven can be removed without being erased: what the
 * development mailbox keeps of it goes then, too.
 */
export function accountMessagesConsumer(
  deliverCode: DeliverCodeJob,
  deliverNotice: DeliverNoticeJob,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'account-messages',
    stream: 'accounts',
    handlers: {
      [codeRequested.type]: {
        apply: (tx: EntityManager, { data }: DomainEvent) =>
          enqueue(tx, deliverCode, { codeId: codeRequested.schema.parse(data).codeId }),
      },
      [noticeRequested.type]: {
        apply: (tx: EntityManager, { data }: DomainEvent) =>
          enqueue(tx, deliverNotice, { noticeId: noticeRequested.schema.parse(data).noticeId }),
      },
      [userRemoved.type]: { apply: (tx: EntityManager, { subject }: DomainEvent) => forgetMessagesOf(tx, subject) },
    },
  };
}

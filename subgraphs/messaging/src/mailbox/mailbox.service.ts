import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { developmentOnly } from '@tutorgraph/kit/graphql/errors';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { DevelopmentMessage } from './development-message.entity.js';
import { listMessages } from './mailbox.repository.js';

/** Reading what development did not send. */
export class MailboxService {
  /** @param isOpen whether this process keeps messages instead of sending them */
  constructor(private readonly isOpen: boolean) {}

  /** Everything in the mailbox, to anybody who asks. @throws DEVELOPMENT_ONLY where messages are sent */
  async list({ em }: RequestContext, page: PageRequest): Promise<Connection<DevelopmentMessage>> {
    if (!this.isOpen) throw developmentOnly('Messages are really sent here; there is no development mailbox');
    return listMessages(em, page);
  }
}

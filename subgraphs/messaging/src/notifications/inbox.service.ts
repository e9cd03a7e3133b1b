import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { countUnread } from './notification.repository.js';

/** Reading and tidying one's own notifications. */
export class InboxService {
  /** How many are unread. */
  countUnread({ em, user }: RequestContext): Promise<number> {
    return countUnread(em, user.userId);
  }
}

import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { type Dealings, findDealings } from './dealings.repository.js';

/** Who has to do with whom. */
export class DealingsService {
  /** What lies between two people; null without an application or a booking. */
  between({ em }: RequestContext, userId: string, otherUserId: string): Promise<Dealings | null> {
    return findDealings(em, userId, otherUserId);
  }
}

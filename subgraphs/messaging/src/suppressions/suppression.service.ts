import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Contacts } from '../accounts/contacts.js';
import type { MessagingErrorCode } from '../errors.js';
import { type AddressHash, addressOn, type SuppressibleChannel, suppressibleChannels } from './address-hash.js';
import { lift } from './suppression.repository.js';

/** Addresses to which nothing is sent any more. */
export class SuppressionService {
  constructor(
    private readonly contacts: Contacts,
    private readonly hash: AddressHash,
  ) {}

  /**
   * Has messages sent again to the addresses that somebody has now; repeating it changes nothing.
   *
   * @returns the channels on which nothing was sent before
   * @throws Refusal NOT_FOUND when nobody has such an account
   */
  async lift(context: RequestContext, userId: string): Promise<SuppressibleChannel[]> {
    const contact = await this.contacts.find(userId);
    if (!contact) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'userId']);
    const addresses = suppressibleChannels.flatMap((channel) => {
      const address = addressOn(channel, contact);
      return address ? [{ channel, addressHash: this.hash.of(channel, address) }] : [];
    });
    return transaction(context.em, async (tx) => {
      const lifted = await lift(tx, addresses);
      if (lifted.length > 0) {
        const action = 'messaging.suppression.lift';
        recordStaffAction(tx, context, { action, resource: 'User', resourceId: userId, userId, fields: lifted });
      }
      return lifted;
    });
  }
}

import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { networkHash, recordAudit } from '../audit/audit.repository.js';
import { describeClient } from '../sessions/client-traits.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { type ConsentDocumentName, isAnswerable } from './consent.documents.js';
import { Consent } from './consent.entity.js';
import { ownNewestFirst } from './newest-first.js';
import { lockOwnAccount } from './own-account.js';

/** What people agreed to. */
export class ConsentService {
  /**
   * Adds an answer of the viewer; the newest of a document counts, the others prove what was before.
   *
   * @throws Refusal CONSENT_VERSION_UNKNOWN
   */
  async record(
    context: RequestContext,
    input: { document: ConsentDocumentName; version: string; granted: boolean },
  ): Promise<Consent> {
    const { document, version, granted: isGranted } = input;
    if (!isAnswerable(document, version, isGranted)) {
      throw new Refusal<AccountErrorCode>('CONSENT_VERSION_UNKNOWN', ['input', 'version']);
    }
    return transaction(context.em, async (tx) => {
      const { id: userId } = await lockOwnAccount(tx, context);
      const { userAgent, networkAddress } = describeClient(context.metadata);
      const consent = tx.create(Consent, {
        id: newId(),
        userId,
        document,
        version,
        isGranted,
        recordedAt: new Date(),
        networkHash: await networkHash(tx, userId, networkAddress ?? undefined),
        userAgent,
      });
      const details = { document, version, isGranted };
      await recordAudit(tx, context, { action: 'CONSENT_UPDATED', subjectId: userId, details });
      return consent;
    });
  }

  /** A page of the viewer's answers, the newest first. */
  history(context: RequestContext, page: PageRequest): Promise<Connection<Consent>> {
    return keysetPage(
      context.em,
      { entity: Consent, ...ownNewestFirst('consents', 'recorded_at', context.user.userId) },
      page,
    );
  }
}

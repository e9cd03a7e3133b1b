import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { recordAudit } from '../audit/audit.repository.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { Session } from './session.entity.js';
import { findLiveSessionsOf, lockSession, revokeSessionRow, revokeSessionsOf } from './session.repository.js';

/** The devices on which somebody is signed in. */
export class ActiveSessionService {
  /** A page of the viewer's sessions that go on, the newest use first. */
  list(context: RequestContext, page: PageRequest): Promise<Connection<Session>> {
    return findLiveSessionsOf(context.em, context.user.userId, new Date(), page);
  }

  /**
   * Ends one of the viewer's sessions; repeating it changes nothing.
   *
   * @throws Refusal SESSION_NOT_FOUND, the same for a stranger's session and one that does not exist
   */
  async revoke(context: RequestContext, sessionId: string): Promise<void> {
    const { userId } = context.user;
    await transaction(context.em, async (tx) => {
      const session = isId(sessionId) ? await lockSession(tx, sessionId) : null;
      if (session?.userId !== userId) {
        throw new Refusal<AccountErrorCode>('SESSION_NOT_FOUND', ['input', 'sessionId']);
      }
      if (!revokeSessionRow(tx, session, 'REVOKED', new Date())) return;
      await recordAudit(tx, context, { action: 'SESSION_REVOKED', subjectId: userId, details: { sessionId } });
    });
  }

  /** Ends the viewer's sessions, the present one too unless it is spared; answers how many. */
  async signOutEverywhere(context: RequestContext, exceptCurrent: boolean): Promise<number> {
    const { userId, sessionId } = context.user;
    return transaction(context.em, async (tx) => {
      const spared = exceptCurrent ? sessionId : undefined;
      const ended = await revokeSessionsOf(tx, userId, 'SIGNED_OUT_EVERYWHERE', spared);
      const details = { ended, exceptCurrent };
      if (ended > 0) await recordAudit(tx, context, { action: 'SIGNED_OUT_EVERYWHERE', subjectId: userId, details });
      return ended;
    });
  }
}

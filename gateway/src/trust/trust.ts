import type { AccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import type { Rights } from '@tutorgraph/kit/viewer/rights';
import type { VerifyToken } from '../requests/authentication.js';

/** What live connections need of this process's copy of rights. */
type LiveRights = Pick<Rights, 'isRevoked' | 'allows' | 'digestOf' | 'onSessionEnded' | 'onRefreshed'>;

/** How the gateway knows who clients are. */
export interface GatewayTrust {
  /** Proves access tokens; without it they are passed on to the subgraphs unread. */
  verify?: VerifyToken | undefined;
  /** Tells of sessions that end and names what viewers may do; without it a live connection lasts as long as its token. */
  rights?: LiveRights | undefined;
}

/** Trusts access tokens whose session has not been ended, with the role that their owner has now. */
export function trustWith(accessTokens: AccessTokenVerifier, rights: Rights): Required<GatewayTrust> {
  return { verify: async (token) => rights.current(await accessTokens.verify(token)), rights };
}

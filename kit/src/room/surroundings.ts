import type { JSONWebKeySet } from 'jose';
import type { EventBus } from '../events/bus.js';
import { GraphClient, type SubgraphCall } from '../graph/graph-client.js';
import type { Logger } from '../telemetry/logger.js';
import { createAccessTokenVerifier } from '../viewer/access-token.js';
import { Rights } from '../viewer/rights.js';
import { rightsSnapshot } from '../viewer/rights-snapshot.js';
import { type ServiceIdentity, ServiceTokens } from '../viewer/service-token.js';
import type { RoomSurroundings } from './room.js';

/** The subgraph that owns people and rights; every process asks it. */
export const RIGHTS_OWNER = 'accounts';
const RIGHTS_QUERY = `{ rightsSnapshot {
  roles { role permissions }
  userPermissions { userId permission isGranted until }
  roleChanges { userId role changedAt }
  revokedSessions
} }`;

/** What a process needs in order to know who asks and what they may. */
export interface TrustOptions {
  identity: ServiceIdentity;
  /** How to reach each subgraph; may be filled later. */
  subgraphs: ReadonlyMap<string, SubgraphCall>;
  loadKeys: () => Promise<JSONWebKeySet>;
  bus: EventBus;
  logger: Logger;
}

/** Builds a process's token verifier, its copy of everybody's rights (not started) and its graph client. */
export function createTrust(options: TrustOptions): Pick<RoomSurroundings, 'accessTokens' | 'rights' | 'graph'> {
  const graph = new GraphClient(new ServiceTokens(options.identity), options.subgraphs);
  const rights = new Rights(
    {
      load: async () => {
        const data = await graph.query(RIGHTS_OWNER, { query: RIGHTS_QUERY }, ['rights']);
        return rightsSnapshot.parse(data['rightsSnapshot']);
      },
      stream: RIGHTS_OWNER,
      changedBy: ['tutorgraph.accounts.rights.changed.v1'],
      sessionEndedBy: 'tutorgraph.accounts.session.revoked.v1',
    },
    options.bus,
    (err) => options.logger.warn({ err }, 'Rights could not be refreshed; staff rights end after 60 seconds without'),
  );
  return { graph, rights, accessTokens: createAccessTokenVerifier(options.loadKeys) };
}

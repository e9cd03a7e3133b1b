import { RedisEventBus } from '@tutorgraph/kit/events/redis-bus';
import { remoteSubgraph } from '@tutorgraph/kit/graph/remote-subgraph';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createTrust, RIGHTS_OWNER } from '@tutorgraph/kit/room/surroundings';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { createAccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import { remoteKeys } from '@tutorgraph/kit/viewer/remote-keys';
import type { GatewayEnvironment } from '../environment.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { addressesOf } from '../transports/remote-transports.js';
import { type GatewayTrust, trustWith } from './trust.js';

type TrustSettings = Pick<GatewayEnvironment, 'jwksUrl' | 'redisUrl' | 'servicePrivateKey' | 'subgraphUrls'>;

/**
 * Trusts what the accounts service says, over the network. With the address of its keys, access tokens are verified;
 * with Redis and a key of the gateway's own besides, a copy of rights is kept up to date, so that the tokens and the
 * live connections of a session end with it.
 */
export async function openRemoteTrust(
  settings: TrustSettings,
  supergraph: Pick<Supergraph, 'subgraphs'>,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<GatewayTrust> {
  const { jwksUrl, redisUrl, servicePrivateKey, subgraphUrls } = settings;
  if (jwksUrl === undefined) return {};
  const loadKeys = remoteKeys(jwksUrl);
  const owner = supergraph.subgraphs.find(({ name }) => name === RIGHTS_OWNER);
  if (!redisUrl || !servicePrivateKey || !owner) {
    if (owner)
      logger.warn('Set REDIS_URL and SERVICE_PRIVATE_KEY; without them live connections outlive their session');
    const accessTokens = createAccessTokenVerifier(loadKeys);
    return { verify: (token) => accessTokens.verify(token) };
  }
  const bus = new RedisEventBus({ url: redisUrl, logger });
  lifecycle.own('event bus', () => bus.close());
  const { accessTokens, rights } = createTrust({
    identity: { service: 'gateway', privateKey: servicePrivateKey, publicKeys: { keys: [] } },
    subgraphs: new Map([[RIGHTS_OWNER, remoteSubgraph(addressesOf(owner, subgraphUrls).join(','))]]),
    loadKeys,
    bus,
    logger,
  });
  rights.start();
  lifecycle.own('rights', async () => rights.stop());
  await rights.refresh();
  return trustWith(accessTokens, rights);
}

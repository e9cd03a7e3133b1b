import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { createGateway } from './app.js';
import type { GatewayEnvironment } from './environment.js';
import { type ReadyOperation, readReadyOperations } from './playground/ready-operation.js';
import { STRIPE, TWILIO, useWebhooks } from './plugins/use-webhooks.js';
import { readBroadcasts } from './supergraph/broadcasts-file.js';
import { Supergraph } from './supergraph/supergraph.js';
import { addressesOf, remoteTransports } from './transports/remote-transports.js';
import { openRemoteTrust } from './trust/remote-trust.js';

const OWN_SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const OWN_OPERATIONS = fileURLToPath(new URL('../../schema/operations/journey', import.meta.url));
/** Whose webhooks which room takes, in a supergraph that has it. */
const WEBHOOKS = { payments: STRIPE, messaging: TWILIO };

/**
 * Starts the gateway by itself, before subgraphs that run elsewhere. It needs a supergraph and nothing else.
 *
 * @returns the address of `/graphql`
 */
export async function startDistributed(
  environment: GatewayEnvironment,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<string> {
  const supergraphPath = environment.supergraphPath ?? OWN_SUPERGRAPH;
  const supergraph = new Supergraph(await readFile(supergraphPath, 'utf8'));
  const tokens = ownTokens(environment);
  const transports = remoteTransports(supergraph, environment.subgraphUrls, {
    answerTimeoutMs: environment.answerTimeoutMs,
    gatewayToken: tokens && ((audience) => tokens.issue(audience, [])),
  });
  for (const [name, transport] of transports) lifecycle.own(`connections to ${name}`, () => transport.close());
  const trust = await openRemoteTrust(environment, supergraph, logger, lifecycle);
  const gateway = await createGateway({
    ...trust,
    supergraph,
    transports,
    broadcasts: tokens && { declared: await readBroadcasts(supergraphPath), tokens },
    settings: environment.settings,
    logger,
    metrics: new Metrics().collectProcessMetrics(),
    isDraining: () => lifecycle.isDraining,
    playground: { demoUsers: undefined, operations: await readyOperations(environment) },
  });
  lifecycle.own('gateway', () => gateway.close());
  for (const [room, source] of Object.entries(WEBHOOKS)) {
    const taker = supergraph.subgraphs.find(({ name }) => name === room);
    if (taker) useWebhooks(gateway.app, { source, urls: addressesOf(taker, environment.subgraphUrls) });
  }
  return gateway.listen(environment);
}

/** The journey's operations fit our own graph only; what another graph offers, its schema tells. */
async function readyOperations({ settings, supergraphPath }: GatewayEnvironment): Promise<ReadyOperation[]> {
  return settings.playground && supergraphPath === undefined ? readReadyOperations(OWN_OPERATIONS) : [];
}

function ownTokens({ servicePrivateKey }: GatewayEnvironment): ServiceTokens | undefined {
  if (!servicePrivateKey) return undefined;
  return new ServiceTokens({ service: 'gateway', privateKey: servicePrivateKey, publicKeys: { keys: [] } });
}

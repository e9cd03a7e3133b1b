import { fileURLToPath } from 'node:url';
import { connectRedis } from '@tutorgraph/kit/cache/redis';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Tracing } from '@tutorgraph/kit/telemetry/tracing';
import { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { createGateway } from './app.js';
import { openTrustedDocuments } from './documents/trusted-documents.js';
import type { GatewayEnvironment } from './environment.js';
import { type OperationNames, readOperationNames } from './insight/operation-names.js';
import { type ReadyOperation, readReadyOperations } from './playground/ready-operation.js';
import { useHealthMetrics, useRetryMetrics } from './plugins/use-health-metrics.js';
import { STRIPE, TWILIO, useWebhooks } from './plugins/use-webhooks.js';
import { openReload } from './supergraph/open-reload.js';
import { addressesOf } from './transports/remote-transports.js';
import { SubgraphWays } from './transports/subgraph-ways.js';
import { openRemoteTrust } from './trust/remote-trust.js';

const OWN_DOCUMENTS = fileURLToPath(new URL('../../schema/trusted-documents.json', import.meta.url));
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
  tracing?: Tracing,
): Promise<string> {
  const metrics = new Metrics().collectProcessMetrics();
  const reload = openReload(environment.supergraph, logger, metrics);
  const { supergraph, broadcasts: declared } = await reload.first();
  const tokens = ownTokens(environment);
  const ways = new SubgraphWays({
    urls: environment.subgraphUrls,
    transport: {
      ...environment.fetching,
      watch: useRetryMetrics(metrics),
      gatewayToken: tokens && ((audience) => tokens.issue(audience, [])),
    },
  });
  useHealthMetrics(metrics, () => ways.health);
  lifecycle.own('connections to subgraphs', () => ways.close());
  const trust = await openRemoteTrust(environment, supergraph, logger, lifecycle);
  const redis = environment.redisUrl ? await connectRedis(environment.redisUrl, logger) : undefined;
  if (redis) lifecycle.own('costs and documents', () => redis.close());
  const { settings, trustedDocumentsPaths } = environment;
  const gateway = await createGateway({
    ...trust,
    supergraph,
    transports: ways.begin(supergraph),
    broadcasts: tokens && { declared, tokens },
    settings,
    trustedDocuments: await openTrustedDocuments(settings.trustedDocuments, trustedDocumentsPaths, OWN_DOCUMENTS),
    operationNames: await operationNames(environment),
    redis: redis?.client,
    tracing,
    logger,
    metrics,
    isDraining: () => lifecycle.isDraining,
    details: () => reload.details(),
    playground: { demoUsers: undefined, operations: await readyOperations(environment) },
  });
  lifecycle.own('gateway', () => gateway.close(), gateway.closeWithinMs);
  for (const [room, source] of Object.entries(WEBHOOKS)) {
    const taker = supergraph.subgraphs.find(({ name }) => name === room);
    if (taker) useWebhooks(gateway.app, { source, urls: addressesOf(taker, environment.subgraphUrls) });
  }
  const address = await gateway.listen(environment);
  reload.start(({ supergraph: next, broadcasts }) =>
    ways.change(next, (transports) => gateway.replaceGraph({ supergraph: next, transports, broadcasts })),
  );
  lifecycle.own('supergraph reload', () => reload.stop());
  return address;
}

/** Of another graph than our own only what lists of trusted documents name is told apart. */
function operationNames(environment: GatewayEnvironment): Promise<OperationNames> {
  const { trustedDocumentsPaths: paths } = environment;
  return readOperationNames(paths.length === 0 && isOwnGraph(environment) ? [OWN_DOCUMENTS] : paths);
}

/** The journey's operations fit our own graph only; what another graph offers, its schema tells. */
async function readyOperations(environment: GatewayEnvironment): Promise<ReadyOperation[]> {
  return environment.settings.playground && isOwnGraph(environment) ? readReadyOperations(OWN_OPERATIONS) : [];
}

function isOwnGraph({ supergraph }: GatewayEnvironment): boolean {
  return supergraph.path === undefined && supergraph.url === undefined;
}

function ownTokens({ servicePrivateKey }: GatewayEnvironment): ServiceTokens | undefined {
  if (!servicePrivateKey) return undefined;
  return new ServiceTokens({ service: 'gateway', privateKey: servicePrivateKey, publicKeys: { keys: [] } });
}

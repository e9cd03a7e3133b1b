import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createAccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { createGateway } from './app.js';
import type { GatewayEnvironment } from './environment.js';
import { type ReadyOperation, readReadyOperations } from './playground/ready-operation.js';
import type { VerifyToken } from './requests/authentication.js';
import { Supergraph } from './supergraph/supergraph.js';
import { remoteTransports } from './transports/remote-transports.js';

const OWN_SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const OWN_OPERATIONS = fileURLToPath(new URL('../../schema/operations/journey', import.meta.url));
const KEYS_WITHIN_MS = 5_000;

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
  const supergraph = new Supergraph(await readFile(environment.supergraphPath ?? OWN_SUPERGRAPH, 'utf8'));
  const transports = remoteTransports(supergraph, environment.subgraphUrls, {
    answerTimeoutMs: environment.answerTimeoutMs,
    gatewayToken: gatewayTokens(environment),
  });
  for (const [name, transport] of transports) lifecycle.own(`connections to ${name}`, () => transport.close());
  const gateway = await createGateway({
    supergraph,
    transports,
    settings: environment.settings,
    logger,
    metrics: new Metrics().collectProcessMetrics(),
    verify: verifier(environment),
    isDraining: () => lifecycle.isDraining,
    playground: { demoUsers: undefined, operations: await readyOperations(environment) },
  });
  lifecycle.own('gateway', () => gateway.close());
  return gateway.listen(environment);
}

/** The journey's operations fit our own graph only; what another graph offers, its schema tells. */
async function readyOperations({ settings, supergraphPath }: GatewayEnvironment): Promise<ReadyOperation[]> {
  return settings.playground && supergraphPath === undefined ? readReadyOperations(OWN_OPERATIONS) : [];
}

function verifier({ jwksUrl }: GatewayEnvironment): VerifyToken | undefined {
  if (jwksUrl === undefined) return undefined;
  const verifier = createAccessTokenVerifier(async () => {
    const response = await fetch(jwksUrl, { signal: AbortSignal.timeout(KEYS_WITHIN_MS) });
    if (!response.ok) throw new Error(`The public keys at ${jwksUrl} answered ${response.status}`);
    // jose checks each key as it imports it.
    return (await response.json()) as Awaited<ReturnType<Parameters<typeof createAccessTokenVerifier>[0]>>;
  });
  return (token) => verifier.verify(token);
}

function gatewayTokens({ servicePrivateKey }: GatewayEnvironment): ((audience: string) => Promise<string>) | undefined {
  if (!servicePrivateKey) return undefined;
  const identity = { service: 'gateway', privateKey: servicePrivateKey, publicKeys: { keys: [] } };
  const tokens = new ServiceTokens(identity);
  return (audience) => tokens.issue(audience, []);
}

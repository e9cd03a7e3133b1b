import { readFile } from 'node:fs/promises';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createGateway } from '../../src/app.js';
import { defaultLimits } from '../../src/settings.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { RemoteTransport } from '../../src/transports/remote-transport.js';

/** A gateway that listens. */
export interface RunningGraph {
  url: string;
  close(): Promise<void>;
}

/** The project's whole graph, with nobody behind the gateway: for what is answered without asking a subgraph. */
export async function startProjectGraph(): Promise<RunningGraph> {
  const supergraph = new Supergraph(
    await readFile(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8'),
  );
  const nowhere = 'http://127.0.0.1:1/graphql';
  const transports = new Map(
    supergraph.subgraphs.map(({ name }) => [name, new RemoteTransport(name, [nowhere])] as const),
  );
  const gateway = await createGateway({
    verify: undefined,
    rights: undefined,
    supergraph,
    transports,
    settings: {
      introspection: true,
      playground: false,
      allowedOrigins: [],
      trustedProxies: false,
      limits: defaultLimits,
      subscriptionBuffer: 100,
      slowOperationMs: 1_000,
    },
    logger: createLogger({ service: 'test', destination: { write: () => {} } }),
    metrics: new Metrics(),
  });
  return {
    url: await gateway.listen({ host: '127.0.0.1', port: 0 }),
    async close() {
      await gateway.close();
      for (const transport of transports.values()) await transport.close();
    },
  };
}

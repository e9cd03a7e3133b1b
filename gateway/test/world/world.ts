import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createGateway, type Gateway, type GatewayDependencies } from '../../src/app.js';
import { defaultLimits, type GatewaySettings, type Limits } from '../../src/settings.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { inProcessTransport } from '../../src/transports/in-process-transport.js';
import { RemoteTransport } from '../../src/transports/remote-transport.js';
import type { SubgraphTransport } from '../../src/transports/subgraph-transport.js';
import { type Replica, startReplica } from './replica.js';
import { composeWorld, createWorld, ordersSubgraph, peopleSubgraph, type World } from './subgraphs.js';

/** How the subgraphs are called. */
export type Mode = 'in-process' | 'remote';

/** What a test may choose. */
export interface WorldOptions
  extends Partial<
    Pick<
      GatewayDependencies,
      | 'verify'
      | 'rights'
      | 'isDraining'
      | 'playground'
      | 'redis'
      | 'trustedDocuments'
      | 'operationNames'
      | 'logger'
      | 'metrics'
      | 'tracing'
    >
  > {
  mode?: Mode;
  /** What is behind the gateway, when another one stands before it too. */
  world?: World;
  settings?: Partial<GatewaySettings>;
  limits?: Partial<Limits>;
  /** Replicas of the orders subgraph, when it is remote. */
  replicas?: number;
  /** Ways to subgraphs that take the place of the usual ones. */
  transports?: Readonly<Record<string, SubgraphTransport>>;
  /** Puts something between the gateway and each subgraph. */
  transportOf?: (transport: SubgraphTransport, subgraph: string) => SubgraphTransport;
  /** Called before it listens, such as to add routes. */
  beforeListen?: (gateway: Gateway) => Promise<void>;
}

/** A gateway that listens, before a world of its own. */
export interface RunningWorld {
  world: World;
  gateway: Gateway;
  url: string;
  /** The ways to the subgraphs that it began with. */
  transports: ReadonlyMap<string, SubgraphTransport>;
  orders: Replica[];
  people: Replica | undefined;
  close(): Promise<void>;
}

const supergraph = new Supergraph(composeWorld());

/** Settings of a test's gateway. */
const testSettings: GatewaySettings = {
  introspection: true,
  playground: false,
  allowedOrigins: ['https://app.example.com'],
  trustedProxies: false,
  limits: defaultLimits,
  subscriptionBuffer: 100,
  slowOperationMs: 1_000,
};

/** Starts a gateway and its subgraphs. */
export async function startWorld(options: WorldOptions = {}): Promise<RunningWorld> {
  const {
    mode = 'in-process',
    settings,
    limits,
    replicas = 1,
    beforeListen,
    transports: given = {},
    transportOf = (way) => way,
    world = createWorld(),
    ...rest
  } = options;
  const isRemote = mode === 'remote';
  const orders = isRemote ? await Promise.all(range(replicas).map(() => startReplica(ordersSubgraph(world)))) : [];
  const people = isRemote ? await startReplica(peopleSubgraph(world)) : undefined;
  const ways: [string, SubgraphTransport][] = [
    ['orders', isRemote ? new RemoteTransport('orders', urls(orders)) : inProcessTransport(ordersSubgraph(world))],
    ['people', people ? new RemoteTransport('people', [people.url]) : inProcessTransport(peopleSubgraph(world))],
    ...Object.entries(given),
  ];
  const transports = new Map(ways.map(([name, way]) => [name, transportOf(way, name)]));
  const gateway = await createGateway({
    supergraph,
    transports,
    settings: { ...testSettings, ...settings, limits: { ...defaultLimits, ...limits } },
    logger: createLogger({ service: 'test', destination: { write: () => {} } }),
    metrics: new Metrics(),
    retry: { attempts: 20, firstDelayMs: 5, greatestDelayMs: 100 },
    ...rest,
  });
  await beforeListen?.(gateway);
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return {
    world,
    gateway,
    url,
    transports,
    orders,
    people,
    async close() {
      await gateway.close();
      for (const transport of transports.values()) await transport.close();
      for (const replica of [...orders, ...(people ? [people] : [])]) await replica.kill();
    },
  };
}

function urls(replicas: readonly Replica[]): string[] {
  return replicas.map(({ url }) => url);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

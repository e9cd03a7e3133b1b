import { composeServices } from '@apollo/composition';
import { newId } from '@tutorgraph/kit/database/id';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createServiceIdentities, type ServiceIdentity, ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { parse } from 'graphql';
import type { Client } from 'graphql-ws';
import type { ClientOptions } from 'ws';
import { createGateway, type Gateway } from '../../src/app.js';
import { defaultLimits } from '../../src/settings.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { inProcessTransport } from '../../src/transports/in-process-transport.js';
import { RemoteTransport } from '../../src/transports/remote-transport.js';
import type { SubgraphTransport } from '../../src/transports/subgraph-transport.js';
import { connect, Live, until } from '../world/client.js';
import { TestRights } from '../world/live-rights.js';
import { type Replica, startReplica } from '../world/replica.js';
import { signToken } from '../world/tokens.js';
import type { Mode } from '../world/world.js';
import { HallLog } from './hall-log.js';
import {
  HALL_BROADCASTS,
  HALLS_SDL,
  type HallTraffic,
  hallsReplica,
  PEOPLE_SDL,
  peopleSubgraph,
  type SubgraphTools,
} from './halls-subgraph.js';
import { RawConnection } from './raw-connection.js';

/** What a test may choose. */
export interface HallsOptions {
  mode?: Mode;
  /** Of the halls, where they are remote. */
  replicas?: number;
  buffer?: number;
  /** Bytes of them. */
  bufferBytes?: number;
  /** Has the gateway a key of its own? @default true */
  hasKey?: boolean;
}

/** Who listens. */
export interface HallListener {
  userId: string;
  sessionId: string;
  authorization: string;
}

/** What everybody may hear alike. */
export const CALL_HEARD = `subscription Heard($hallId: ID!, $after: String) {
  callHeard(hallId: $hallId, after: $after) { cursor call { text caller { name } } }
}`;

/** A gateway before halls that are broadcast. */
export class HallsWorld {
  readonly log = new HallLog();
  readonly rights = new TestRights();
  readonly traffic: HallTraffic = { opened: [], open: 0, fetches: [], hold: undefined, failure: undefined };
  readonly replicas: Replica[] = [];
  private readonly clients: Client[] = [];
  private readonly closing: (() => Promise<void> | void)[] = [];
  private gateway: Gateway | undefined;
  /** The endpoint's address. */
  url = '';
  private transports: ReadonlyMap<string, SubgraphTransport> = new Map();

  private constructor(private readonly identities: ReadonlyMap<string, ServiceIdentity>) {}

  static async start(options: HallsOptions = {}): Promise<HallsWorld> {
    const world = new HallsWorld(await createServiceIdentities(['gateway', 'halls', 'people']));
    await world.open(options);
    return world;
  }

  /** Upstream subscriptions of the gateway. */
  get upstreams(): number {
    return this.gateway?.upstreams.size ?? 0;
  }

  /** Who opened subscriptions at the halls. */
  get openedBy(): string[] {
    return this.traffic.opened.map(({ viewer }) => viewer);
  }

  /** Somebody with a token, who may listen in the halls named. */
  async person(halls: string[] = ['1'], userId = newId()): Promise<HallListener> {
    const sessionId = newId();
    for (const hall of halls) this.log.admit(hall, userId);
    return { userId, sessionId, authorization: await signToken({ sessionId, userId }) };
  }

  connect(authorization?: string, socket?: ClientOptions): Client {
    const client = connect(this.url, {
      ...(authorization !== undefined && { authorization }),
      ...(socket && { socket }),
    });
    this.clients.push(client);
    return client;
  }

  /** A connection below the client library. */
  raw(authorization: string): RawConnection {
    const raw = new RawConnection(this.url, authorization);
    this.closing.push(() => raw.socket.terminate());
    return raw;
  }

  /** Listens as somebody; what they hear first is where they are. */
  async listen(
    { authorization }: HallListener,
    variables: Record<string, unknown> = { hallId: '1' },
    query = CALL_HEARD,
    socket?: ClientOptions,
  ): Promise<Live> {
    const live = new Live(this.connect(authorization, socket), query, variables);
    await live.next();
    return live;
  }

  /** Waits until the gateway has only so many upstreams, all clients having gone over. */
  settled(upstreams = 1): Promise<void> {
    return until(() => this.upstreams === upstreams && this.traffic.open === upstreams);
  }

  /** Puts the same graph anew in its place; `declared` says what is broadcast in it. */
  async replaceGraph(declared = HALL_BROADCASTS): Promise<void> {
    const { transports } = this;
    await this.gateway?.replaceGraph({ supergraph: new Supergraph(compose()), transports, broadcasts: declared });
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.dispose();
    for (const close of this.closing.reverse()) await close();
  }

  private async open({
    mode = 'in-process',
    replicas = 1,
    buffer = 1_000,
    bufferBytes,
    hasKey = true,
  }: HallsOptions): Promise<void> {
    this.rights.start();
    this.closing.push(() => this.rights.stop());
    const transports = mode === 'remote' ? await this.remote(replicas) : this.local();
    this.transports = transports;
    const gateway = await createGateway({
      ...this.rights.trust,
      supergraph: composed,
      transports,
      broadcasts: hasKey ? { declared: HALL_BROADCASTS, tokens: this.tokens() } : undefined,
      settings: {
        introspection: true,
        playground: false,
        allowedOrigins: [],
        trustedProxies: false,
        limits: defaultLimits,
        subscriptionBuffer: buffer,
        subscriptionBufferBytes: bufferBytes,
        slowOperationMs: 1_000,
      },
      logger: createLogger({ service: 'test', destination: { write: () => {} } }),
      metrics: new Metrics(),
      retry: { attempts: 20, firstDelayMs: 5, greatestDelayMs: 100 },
    });
    this.gateway = gateway;
    this.closing.push(() => gateway.close());
    this.url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  }

  private get tools(): SubgraphTools {
    return { log: this.log, rights: this.rights.rights, identities: this.identities, traffic: this.traffic };
  }

  private tokens(): ServiceTokens {
    const identity = this.identities.get('gateway');
    if (!identity) throw new Error('The gateway has no identity');
    return new ServiceTokens(identity);
  }

  private local(): Map<string, SubgraphTransport> {
    const halls = hallsReplica(this.tools);
    this.closing.push(() => halls.close());
    return new Map([
      ['halls', inProcessTransport(halls)],
      ['people', inProcessTransport(peopleSubgraph(this.tools))],
    ]);
  }

  private async remote(count: number): Promise<Map<string, SubgraphTransport>> {
    for (let added = 0; added < count; added += 1) await this.addReplica();
    const people = await startReplica(peopleSubgraph(this.tools));
    this.closing.push(() => people.kill());
    const urls = this.replicas.map(({ url }) => url);
    const transports = new Map([
      ['halls', new RemoteTransport('halls', urls)],
      ['people', new RemoteTransport('people', [people.url])],
    ]);
    for (const transport of transports.values()) this.closing.push(() => transport.close());
    return transports;
  }

  private async addReplica(): Promise<void> {
    const halls = hallsReplica(this.tools);
    const replica = await startReplica(halls);
    this.closing.push(async () => {
      await replica.kill();
      halls.close();
    });
    this.replicas.push(replica);
  }
}

const composed = new Supergraph(compose());

function compose(): string {
  const services = [
    { name: 'halls', url: 'http://127.0.0.1:1/graphql', typeDefs: parse(HALLS_SDL) },
    { name: 'people', url: 'http://127.0.0.1:1/graphql', typeDefs: parse(PEOPLE_SDL) },
  ];
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

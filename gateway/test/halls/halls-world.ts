import { composeServices } from '@apollo/composition';
import { newId } from '@tutorgraph/kit/database/id';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createServiceIdentities, type ServiceIdentity, ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { parse } from 'graphql';
import type { Client } from 'graphql-ws';
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

/** What a test may choose. */
export interface HallsOptions {
  mode?: Mode;
  /** Of the halls, where they are remote. */
  replicas?: number;
  buffer?: number;
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
  readonly clients: Client[] = [];
  replicas: Replica[] = [];
  gateway!: Gateway;
  url = '';
  private readonly closing: (() => Promise<void> | void)[] = [];
  private tools!: SubgraphTools;

  static async start(options: HallsOptions = {}): Promise<HallsWorld> {
    const world = new HallsWorld();
    await world.open(options);
    return world;
  }

  /** Upstream subscriptions of the gateway. */
  get upstreams(): number {
    return this.gateway.upstreams.size;
  }

  /** Who opened subscriptions at the halls. */
  get openedBy(): string[] {
    return this.traffic.opened.map(({ viewer }) => viewer);
  }

  /** Somebody with a token; a member of the halls named. */
  async person(
    halls: string[] = ['1'],
    options: { role?: Role; seconds?: number; userId?: string } = {},
  ): Promise<HallListener> {
    const { userId = newId(), ...rest } = options;
    const sessionId = newId();
    for (const hall of halls) this.log.admit(hall, userId);
    return { userId, sessionId, authorization: await signToken({ sessionId, userId, ...rest }) };
  }

  connect(authorization?: string, headers: Record<string, string> = {}): Client {
    const client = connect(this.url, { ...(authorization !== undefined && { authorization }), socket: { headers } });
    this.clients.push(client);
    return client;
  }

  /** Listens as somebody; what they hear first is where they are. */
  async listen(
    { authorization }: HallListener,
    variables: Record<string, unknown> = { hallId: '1' },
    query = CALL_HEARD,
  ): Promise<Live> {
    const live = new Live(this.connect(authorization), query, variables);
    await live.next();
    return live;
  }

  /** Waits until the gateway has only so many upstreams, all clients having gone over. */
  settled(upstreams = 1): Promise<void> {
    return until(() => this.upstreams === upstreams && this.traffic.open === upstreams);
  }

  /** One replica more. */
  async addReplica(): Promise<Replica> {
    const halls = hallsReplica(this.tools);
    const replica = await startReplica(halls);
    this.closing.push(async () => {
      await replica.kill();
      halls.close();
    });
    this.replicas.push(replica);
    return replica;
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.dispose();
    for (const close of this.closing.reverse()) await close();
  }

  private async open({
    mode = 'in-process',
    replicas = 1,
    buffer = 1_000,
    hasKey = true,
  }: HallsOptions): Promise<void> {
    this.rights.start();
    this.closing.push(() => this.rights.stop());
    const identities = await createServiceIdentities(['gateway', 'halls', 'people']);
    this.tools = { log: this.log, rights: this.rights.rights, identities, traffic: this.traffic };
    const transports = mode === 'remote' ? await this.remote(replicas) : this.local();
    this.gateway = await createGateway({
      ...this.rights.trust,
      supergraph: composed,
      transports,
      broadcasts: hasKey ? { declared: HALL_BROADCASTS, tokens: new ServiceTokens(gatewayOf(identities)) } : undefined,
      settings: {
        introspection: true,
        playground: false,
        allowedOrigins: [],
        trustedProxies: false,
        limits: defaultLimits,
        subscriptionBuffer: buffer,
      },
      logger: createLogger({ service: 'test', destination: { write: () => {} } }),
      metrics: new Metrics(),
      retry: { attempts: 20, firstDelayMs: 5, greatestDelayMs: 100 },
    });
    this.closing.push(() => this.gateway.close());
    this.url = await this.gateway.listen({ host: '127.0.0.1', port: 0 });
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
    const transports = new Map([
      [
        'halls',
        new RemoteTransport(
          'halls',
          this.replicas.map(({ url }) => url),
        ),
      ],
      ['people', new RemoteTransport('people', [people.url])],
    ]);
    for (const transport of transports.values()) this.closing.push(() => transport.close());
    return transports;
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

function gatewayOf(identities: ReadonlyMap<string, ServiceIdentity>): ServiceIdentity {
  const identity = identities.get('gateway');
  if (!identity) throw new Error('The gateway has no identity');
  return identity;
}

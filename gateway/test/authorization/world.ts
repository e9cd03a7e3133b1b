import { composeServices } from '@apollo/composition';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { type GraphQLSchema, parse } from 'graphql';
import { createGateway, type Gateway } from '../../src/app.js';
import { defaultLimits } from '../../src/settings.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { inProcessTransport } from '../../src/transports/in-process-transport.js';
import { trustWith } from '../../src/trust/trust.js';
import { ask, connect, Live } from '../world/client.js';
import type { Operation } from './minimal-operation.js';
import type { Answer } from './outcome.js';
import type { Person } from './people.js';

/** Every room and the gateway, composed from the code, so that a new field is there before `schema/` is written. */
export class World {
  private networks = 0;

  private constructor(
    readonly graph: TestGraph,
    /** What clients see. */
    readonly api: GraphQLSchema,
    private readonly gateway: Gateway,
    readonly url: string,
  ) {}

  static async start(): Promise<World> {
    const graph = await startTestGraph();
    const supergraph = new Supergraph(compose(graph));
    const gateway = await createGateway({
      supergraph,
      transports: new Map([...graph.rooms].map(([name, { subgraph }]) => [name, inProcessTransport(subgraph)])),
      settings: {
        introspection: true,
        playground: false,
        allowedOrigins: [],
        trustedProxies: true,
        limits: defaultLimits,
        subscriptionBuffer: 100,
        slowOperationMs: 1_000,
      },
      logger: createLogger({ service: 'test', level: 'error' }),
      metrics: new Metrics(),
      ...trustWith(graph.accessTokens, graph.rights),
    });
    const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
    return new World(graph, supergraph.schema, gateway, url);
  }

  /** Somebody new of this kind, as an `Authorization` value: what one call does to an account touches no other. */
  async signIn({ role, isVerified }: Pick<Person, 'role' | 'isVerified'>): Promise<string | undefined> {
    return role && (await this.graph.person(role, { verified: isVerified })).authorization;
  }

  /** Asks the gateway for a query or mutation. */
  async ask({ query, variables }: Operation, authorization: string | undefined): Promise<Answer> {
    const headers = { ...this.network(), ...(authorization !== undefined && { authorization }) };
    return (await ask(this.url, query, { variables, headers })).body;
  }

  /** Starts a subscription at the gateway. @returns its first message, or why it was refused */
  async subscribe({ query, variables }: Operation, authorization: string | undefined): Promise<Answer> {
    const client = connect(this.url, { ...(authorization && { authorization }), socket: { headers: this.network() } });
    const live = new Live(client, query, variables);
    try {
      return await live.result();
    } catch (errors) {
      if (Array.isArray(errors)) return { errors };
      throw errors;
    } finally {
      await live.end();
      await client.dispose();
    }
  }

  /** Asks a room itself, as only services may. */
  async askRoom(room: string, operation: Operation, authorization: string | undefined): Promise<Answer> {
    const metadata = { authorization, requestId: crypto.randomUUID(), clientAddress: '127.0.0.1' };
    const answer = await this.graph.rooms.get(room)?.subgraph.execute(operation, metadata);
    if (!answer) throw new Error(`There is no room ${room}`);
    return answer;
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.graph.close();
  }

  /** Every call comes from a network of its own: limits are not what is tried here. */
  private network(): Record<string, string> {
    this.networks += 1;
    return { 'x-forwarded-for': `10.0.${this.networks >> 8}.${this.networks & 255}` };
  }
}

function compose({ rooms }: TestGraph): string {
  const services = [...rooms.values()].map(({ name, subgraph }) => ({
    name,
    url: `http://${name}/graphql`,
    typeDefs: parse(subgraph.sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The rooms do not compose: ${errors?.map(({ message }) => message).join('; ')}`);
  return supergraphSdl;
}

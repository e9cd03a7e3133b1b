import type { Supergraph } from '../supergraph/supergraph.js';
import { SupergraphRefused } from '../supergraph/supergraph-refused.js';
import type { SubgraphHealth } from './fetch-watch.js';
import type { RemoteTransport, RemoteTransportOptions } from './remote-transport.js';
import { addressesOf, remoteTransports } from './remote-transports.js';
import type { SubgraphTransport } from './subgraph-transport.js';

type Subgraph = Supergraph['subgraphs'][number];

/** Where subgraphs are and how they are asked. */
export interface SubgraphWaysOptions {
  /** Replicas by the subgraph's name as environment keys have it. */
  urls: ReadonlyMap<string, readonly string[]>;
  transport: RemoteTransportOptions;
  /** Operations that began before a replacement may go on for so long, in milliseconds. @default 60000 */
  retireAfterMs?: number;
}

interface Way {
  addresses: string;
  transport: RemoteTransport;
}

/** The ways to the subgraphs of one supergraph after another: those whose addresses stay are kept. */
export class SubgraphWays {
  private current = new Map<string, Way>();
  private readonly retiring = new Map<SubgraphTransport, NodeJS.Timeout>();

  constructor(private readonly options: SubgraphWaysOptions) {}

  /** How the subgraphs of the supergraph that runs do just now. */
  get health(): readonly SubgraphHealth[] {
    return [...this.current.values()].map(({ transport }) => transport.health);
  }

  /** Those of the supergraph that the gateway begins with. @throws when a subgraph has no address, naming the setting to set */
  begin({ subgraphs }: Pick<Supergraph, 'subgraphs'>): ReadonlyMap<string, SubgraphTransport> {
    this.current = this.find(subgraphs);
    return transportsOf(this.current);
  }

  /**
   * Lets another supergraph take over by the ways that it needs; new addresses have to answer first. Former ways are closed
   * once what began on them has ended. When it throws, or `takeOver` does, all is as it was.
   *
   * @throws SupergraphRefused when a subgraph has no address or a new one does not answer
   */
  async change(
    { subgraphs }: Pick<Supergraph, 'subgraphs'>,
    takeOver: (transports: ReadonlyMap<string, SubgraphTransport>) => Promise<void>,
  ): Promise<void> {
    const next = this.findOrRefuse(subgraphs);
    try {
      await this.assertAnswering(next);
      await takeOver(transportsOf(next));
    } catch (error) {
      for (const way of this.notIn(next, this.current)) await way.transport.close();
      throw error;
    }
    const former = this.notIn(this.current, next);
    this.current = next;
    for (const { transport } of former) this.retire(transport);
  }

  /** Closes all of them, the former ones as well. */
  async close(): Promise<void> {
    for (const timer of this.retiring.values()) clearTimeout(timer);
    const transports = [...this.retiring.keys(), ...[...this.current.values()].map(({ transport }) => transport)];
    this.retiring.clear();
    await Promise.all(transports.map((transport) => transport.close()));
  }

  private find(subgraphs: readonly Subgraph[]): Map<string, Way> {
    const { urls, transport: options } = this.options;
    const wanted = subgraphs.map((subgraph) => ({ subgraph, addresses: addressesOf(subgraph, urls).join(',') }));
    return new Map(
      wanted.map(({ subgraph, addresses }) => {
        const { name } = subgraph;
        const known = this.current.get(name);
        if (known?.addresses === addresses) return [name, known];
        const transport = remoteTransports({ subgraphs: [subgraph] }, urls, options).get(name);
        if (!transport) throw new Error(`No way was made to ${name}`);
        return [name, { addresses, transport }];
      }),
    );
  }

  private findOrRefuse(subgraphs: readonly Subgraph[]): Map<string, Way> {
    try {
      return this.find(subgraphs);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'A subgraph has no address';
      throw new SupergraphRefused('unreachable', message, error);
    }
  }

  private async assertAnswering(next: ReadonlyMap<string, Way>): Promise<void> {
    const fresh = [...next].filter(([name, way]) => this.current.get(name) !== way);
    const answers = await Promise.all(fresh.map(([, { transport }]) => transport.isReachable()));
    const silent = fresh.filter((_, index) => !answers[index]).map(([name, { addresses }]) => `${name} (${addresses})`);
    if (silent.length === 0) return;
    throw new SupergraphRefused(
      'unreachable',
      `Nobody answers at the new address of ${silent.join(', ')}; start it first`,
    );
  }

  private notIn(ways: ReadonlyMap<string, Way>, others: ReadonlyMap<string, Way>): Way[] {
    return [...ways].filter(([name, way]) => others.get(name) !== way).map(([, way]) => way);
  }

  private retire(transport: SubgraphTransport): void {
    const { retireAfterMs = 60_000 } = this.options;
    const timer = setTimeout(() => {
      this.retiring.delete(transport);
      void transport.close();
    }, retireAfterMs);
    timer.unref();
    this.retiring.set(transport, timer);
  }
}

function transportsOf(ways: ReadonlyMap<string, Way>): ReadonlyMap<string, SubgraphTransport> {
  return new Map([...ways].map(([name, { transport }]) => [name, transport]));
}

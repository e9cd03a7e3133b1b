import type { SubgraphHealth } from './fetch-watch.js';
import { Replica, type ReplicaOptions } from './replica.js';

/** The replicas of one subgraph, in turn. */
export class ReplicaSet {
  private readonly replicas: readonly Replica[];
  private turn = 0;

  /** @param urls `/graphql` addresses, at least one */
  constructor(urls: readonly string[], options: ReplicaOptions) {
    this.replicas = urls.map((url) => new Replica(url, options));
  }

  get size(): number {
    return this.replicas.length;
  }

  /** Which of them failed a moment ago. */
  get health(): SubgraphHealth['replicas'] {
    return this.replicas.map(({ url: { host }, isResting }) => ({ host, isResting }));
  }

  /** The next in turn of those that were not tried and have not failed a moment ago, else one that has. */
  choose(tried: readonly Replica[] = []): Replica | undefined {
    const { replicas } = this;
    const start = this.turn++;
    let resting: Replica | undefined;
    for (let step = 0; step < replicas.length; step += 1) {
      const replica = replicas[(start + step) % replicas.length];
      if (!replica || tried.includes(replica)) continue;
      if (!replica.isResting) return replica;
      resting ??= replica;
    }
    return resting;
  }

  /** Each once, in the order in which they are to be asked: those that have failed meanwhile come last. */
  *inTurn(): Generator<Replica, void> {
    const tried: Replica[] = [];
    for (let next = this.choose(); next; next = this.choose(tried)) {
      tried.push(next);
      yield next;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(({ pool }) => pool.destroy()));
  }
}

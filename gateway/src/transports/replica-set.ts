import { Pool } from 'undici';

/** One running copy of a subgraph. */
export interface Replica {
  /** Its `/graphql` address. */
  readonly url: URL;
  /** Connections to it, kept alive. */
  readonly pool: Pool;
}

/** How connections to replicas behave. */
export interface ReplicaOptions {
  /** Connections to one replica. @default 128 */
  connections: number;
  /** How long to wait for a connection, in milliseconds. @default 2000 */
  connectTimeoutMs: number;
  /** How long to wait for an answer, in milliseconds. @default 15000 */
  answerTimeoutMs: number;
}

/** A replica that failed is asked last for this long. */
const REST_MS = 2_000;

/** The replicas of one subgraph, in turn. */
export class ReplicaSet {
  private readonly replicas: readonly Replica[];
  private readonly restingUntil = new Map<Replica, number>();
  private turn = 0;

  constructor(urls: readonly string[], options: ReplicaOptions) {
    this.replicas = urls.map((address) => {
      const url = new URL(address);
      const pool = new Pool(url.origin, {
        connections: options.connections,
        connect: { timeout: options.connectTimeoutMs },
        headersTimeout: options.answerTimeoutMs,
        bodyTimeout: options.answerTimeoutMs,
      });
      return { url, pool };
    });
  }

  /** All replicas, the next in turn first and those that failed a moment ago last. */
  inTurn(): Replica[] {
    const start = this.turn++ % this.replicas.length;
    const ordered = [...this.replicas.slice(start), ...this.replicas.slice(0, start)];
    if (this.restingUntil.size === 0) return ordered;
    return [
      ...ordered.filter((replica) => !this.isResting(replica)),
      ...ordered.filter((replica) => this.isResting(replica)),
    ];
  }

  /** Remembers that a replica failed. */
  rest(replica: Replica): void {
    this.restingUntil.set(replica, performance.now() + REST_MS);
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(({ pool }) => pool.destroy()));
  }

  private isResting(replica: Replica): boolean {
    const until = this.restingUntil.get(replica);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.restingUntil.delete(replica);
    return false;
  }
}

import { Pool } from 'undici';

/** How connections to replicas behave. */
export interface ReplicaOptions {
  /** Most connections to one replica. */
  connections: number;
  /** How long to wait for a connection, in milliseconds. */
  connectTimeoutMs: number;
  /** Most bytes of one answer. */
  answerBytes: number;
}

/** The first rest, which doubles with each failure that follows at once. */
const REST_MS = 2_000;
const LONGEST_REST_MS = 30_000;
/**
 * An idle connection is closed on this side first: kit's servers keep one for longer. What a server says of itself in
 * `Keep-Alive` is believed, less two seconds; who says nothing is taken for a Node server with its five.
 */
const KEEP_ALIVE = { keepAliveTimeout: 4_000, keepAliveMaxTimeout: 60_000, keepAliveTimeoutThreshold: 2_000 };

/** One running copy of a subgraph, with connections that are kept alive. */
export class Replica {
  /** Its `/graphql` address. */
  readonly url: URL;
  readonly path: string;
  readonly pool: Pool;
  private failures = 0;
  private restsUntil = 0;

  constructor(address: string, { connections, connectTimeoutMs, answerBytes }: ReplicaOptions) {
    this.url = new URL(address);
    this.path = `${this.url.pathname}${this.url.search}`;
    this.pool = new Pool(this.url.origin, {
      connections,
      connect: { timeout: connectTimeoutMs },
      maxResponseSize: answerBytes,
      // One at a time: an answer that is long in coming holds nothing else back.
      pipelining: 1,
      // Each exchange has a limit of its own, for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...KEEP_ALIVE,
    });
  }

  /** Did it fail a moment ago? */
  get isResting(): boolean {
    return this.failures > 0 && this.restsUntil > performance.now();
  }

  /** It answered. */
  recover(): void {
    this.failures = 0;
  }

  /** It failed: it is asked last for a while. */
  rest(): void {
    // What failed together counts once.
    if (!this.isResting) this.failures += 1;
    this.restsUntil = performance.now() + Math.min(REST_MS * 2 ** (this.failures - 1), LONGEST_REST_MS);
  }
}

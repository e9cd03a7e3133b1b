import { setTimeout as delay } from 'node:timers/promises';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import { TIMEOUT_HEADER } from '@tutorgraph/kit/graphql/request-timeout';
import type { ExecutionResult } from 'graphql';
import { ExchangeFailed, exchange } from './exchange.js';
import type { FetchTerms } from './fetch-terms.js';
import type { FetchWatch, SubgraphHealth } from './fetch-watch.js';
import { forwardedHeaders } from './forwarded-headers.js';
import { openRemoteSubscription } from './remote-subscription.js';
import type { Replica, ReplicaOptions } from './replica.js';
import { ReplicaSet } from './replica-set.js';
import { RetryBudget, type RetryBudgetOptions } from './retry-budget.js';
import { type BreakerOptions, SubgraphBreaker } from './subgraph-breaker.js';
import { type NoAnswer, type SubgraphTransport, SubgraphUnreachable } from './subgraph-transport.js';
import { Turnstile } from './turnstile.js';

/** How to reach a subgraph that runs elsewhere. */
export interface RemoteTransportOptions extends Partial<ReplicaOptions> {
  /** Makes the token that proves to a subgraph that the gateway asks. */
  gatewayToken?: ((audience: string) => Promise<string>) | undefined;
  /** How long a fetch may take, in milliseconds, waiting and retries included. @default 15000 */
  answerTimeoutMs?: number;
  /** Fetches from the subgraph that run at a time. @default 128 */
  fetches?: number;
  /** Fetches that wait for their turn; what comes on top is refused. @default 512 */
  waitingFetches?: number;
  retries?: RetryBudgetOptions;
  breaker?: Partial<BreakerOptions>;
  /** Told how fetches that fail are dealt with. */
  watch?: FetchWatch | undefined;
}

/** One fetch that is carried out. */
interface Fetch {
  body: string;
  metadata: RequestMetadata;
  terms: FetchTerms;
  /** When it has to be over, on the clock of `performance.now()`. */
  until: number;
}

const DEFAULT_FETCHES = 128;
const REACHABLE_WITHIN_MS = 2_000;
const MOST_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 50;

/** Calls a subgraph over HTTP keep-alive and graphql-ws, its replicas in turn. */
export class RemoteTransport implements SubgraphTransport {
  private readonly replicas: ReplicaSet;
  private readonly budget: RetryBudget;
  private readonly breaker: SubgraphBreaker;
  private readonly turnstile: Turnstile;

  /** @param urls `/graphql` addresses of the replicas, at least one */
  constructor(
    private readonly subgraph: string,
    urls: readonly string[],
    private readonly options: RemoteTransportOptions = {},
  ) {
    const { fetches = DEFAULT_FETCHES, waitingFetches = 4 * fetches, retries, breaker, watch } = options;
    const { connections = fetches, connectTimeoutMs = 2_000, answerBytes = 33_554_432 } = options;
    this.replicas = new ReplicaSet(urls, { connections, connectTimeoutMs, answerBytes });
    this.budget = new RetryBudget(retries);
    this.breaker = new SubgraphBreaker(subgraph, breaker, () => watch?.rests(subgraph));
    this.turnstile = new Turnstile(fetches, waitingFetches);
  }

  /**
   * A query is sent again, to another replica where there is one, when it got no answer and the retry budget allows;
   * a mutation only when nothing of it was sent. What took too long is not sent again.
   *
   * @throws SubgraphUnreachable
   */
  async execute(request: GraphRequest, metadata: RequestMetadata, terms: FetchTerms): Promise<ExecutionResult> {
    const { answerTimeoutMs = 15_000 } = this.options;
    const until = Math.min(terms.deadline, performance.now() + answerTimeoutMs);
    if (!this.turnstile.tryEnter()) {
      const refusal = await this.turnstile.enter(until - performance.now(), terms.signal);
      if (refusal) throw new SubgraphUnreachable(this.subgraph, undefined, refusal);
    }
    try {
      const fetch = { body: JSON.stringify(request), metadata, terms, until };
      return await this.breaker.run(() => this.fetch(fetch));
    } finally {
      this.turnstile.leave();
    }
  }

  async subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult>> {
    const headers = forwardedHeaders(metadata, await this.options.gatewayToken?.(this.subgraph));
    let failure: unknown;
    for (const replica of this.replicas.inTurn()) {
      if (signal.aborted) break;
      try {
        return await openRemoteSubscription({ subgraph: this.subgraph, url: replica.url, headers, request, signal });
      } catch (error) {
        if (!(error instanceof SubgraphUnreachable)) throw error;
        failure = error.cause;
        replica.rest();
      }
    }
    throw new SubgraphUnreachable(this.subgraph, failure ?? signal.reason);
  }

  async isReachable(): Promise<boolean> {
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = { 'content-type': 'application/json' };
    for (const replica of this.replicas.inTurn()) {
      try {
        await exchange(replica, { headers, body, timeoutMs: REACHABLE_WITHIN_MS, signal: undefined });
        return true;
      } catch {
        replica.rest();
      }
    }
    return false;
  }

  close(): Promise<void> {
    return this.replicas.close();
  }

  /** How the subgraph does just now. */
  get health(): SubgraphHealth {
    return { subgraph: this.subgraph, isResting: this.breaker.isOpen, replicas: this.replicas.health };
  }

  private async fetch(fetch: Fetch): Promise<ExecutionResult> {
    const { gatewayToken } = this.options;
    const headers = forwardedHeaders(fetch.metadata, gatewayToken && (await gatewayToken(this.subgraph)));
    headers['content-type'] = 'application/json';
    headers.accept = 'application/json';
    this.budget.deposit();
    const tried: Replica[] = [];
    for (;;) {
      const replica = this.replicas.choose(tried) ?? this.replicas.choose();
      if (!replica) throw new SubgraphUnreachable(this.subgraph, undefined);
      tried.push(replica);
      try {
        return await this.send(replica, headers, fetch);
      } catch (error) {
        const pauseMs = this.pauseBeforeNext(error, tried.length, fetch);
        if (pauseMs === undefined) {
          throw new SubgraphUnreachable(this.subgraph, error, reasonOf(error, fetch.until < fetch.terms.deadline));
        }
        if (pauseMs > 0) await delay(pauseMs);
      }
    }
  }

  private async send(
    replica: Replica,
    headers: Record<string, string>,
    { body, until, terms }: Fetch,
  ): Promise<ExecutionResult> {
    const timeoutMs = Math.ceil(until - performance.now());
    if (timeoutMs <= 0) throw new ExchangeFailed('Its time was over before it was sent', false, 'late');
    headers[TIMEOUT_HEADER] = String(timeoutMs);
    try {
      const result = await exchange(replica, { headers, body, timeoutMs, signal: terms.signal });
      replica.recover();
      return result;
    } catch (error) {
      const reason = reasonOf(error, until < terms.deadline);
      if (reason === 'unreachable' || reason === 'late') replica.rest();
      throw error;
    }
  }

  /** How long to wait before the next attempt, in milliseconds; undefined when there shall be none. */
  private pauseBeforeNext(error: unknown, attempts: number, { terms, until }: Fetch): number | undefined {
    if (!(error instanceof ExchangeFailed) || error.reason !== 'failed') return undefined;
    // What never left this process costs nobody anything: another replica gets it as if it had been chosen first.
    if (!error.wasSent && attempts < this.replicas.size) {
      this.options.watch?.retry(this.subgraph, 'moved');
      return 0;
    }
    if (terms.isMutation && error.wasSent) return undefined;
    const pauseMs = Math.random() * FIRST_PAUSE_MS * 2 ** (attempts - 1);
    if (attempts >= MOST_ATTEMPTS || terms.signal?.aborted || performance.now() + pauseMs >= until) return undefined;
    const mayRetry = this.budget.withdraw();
    this.options.watch?.retry(this.subgraph, mayRetry ? 'retried' : 'refused');
    return mayRetry ? pauseMs : undefined;
  }
}

/** @param isOwnLimit the time that was over is the subgraph's, not the request's */
function reasonOf(error: unknown, isOwnLimit: boolean): NoAnswer {
  if (!(error instanceof ExchangeFailed) || error.reason === 'failed') return 'unreachable';
  if (error.reason === 'abandoned') return 'abandoned';
  return isOwnLimit ? 'late' : 'overdue';
}

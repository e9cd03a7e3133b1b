import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import type { ExecutionResult } from 'graphql';
import { forwardedHeaders } from './forwarded-headers.js';
import { openRemoteSubscription } from './remote-subscription.js';
import { type Replica, type ReplicaOptions, ReplicaSet } from './replica-set.js';
import { type SubgraphTransport, SubgraphUnreachable } from './subgraph-transport.js';

/** How to reach a subgraph that runs elsewhere. */
export interface RemoteTransportOptions extends Partial<ReplicaOptions> {
  /** Makes the token that proves to a subgraph that the gateway asks. */
  gatewayToken?: ((audience: string) => Promise<string>) | undefined;
}

const REACHABLE_WITHIN_MS = 2_000;

/** Nothing of the request left this process when connecting fails in one of these ways. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Calls a subgraph over HTTP keep-alive and graphql-ws, its replicas in turn. */
export class RemoteTransport implements SubgraphTransport {
  private readonly replicas: ReplicaSet;
  private readonly gatewayToken: RemoteTransportOptions['gatewayToken'];

  /** @param urls `/graphql` addresses of the replicas, at least one */
  constructor(
    private readonly subgraph: string,
    urls: readonly string[],
    { gatewayToken, ...options }: RemoteTransportOptions = {},
  ) {
    this.gatewayToken = gatewayToken;
    this.replicas = new ReplicaSet(urls, {
      connections: 128,
      connectTimeoutMs: 2_000,
      answerTimeoutMs: 15_000,
      ...options,
    });
  }

  /**
   * Another replica is tried only when the request was never sent, or when it is a query, which may be repeated.
   *
   * @throws SubgraphUnreachable
   */
  async execute(request: GraphRequest, metadata: RequestMetadata): Promise<ExecutionResult> {
    const headers = await this.headers(metadata);
    const body = JSON.stringify(request);
    const repeatable = !/^\s*mutation\b/.test(request.query);
    let failure: unknown;
    for (const replica of this.replicas.inTurn()) {
      try {
        return await post(replica, body, headers);
      } catch (error) {
        failure = error;
        this.replicas.rest(replica);
        if (!repeatable && !wasNeverSent(error)) break;
      }
    }
    throw new SubgraphUnreachable(this.subgraph, failure);
  }

  async subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult>> {
    const headers = await this.headers(metadata);
    let failure: unknown;
    for (const replica of this.replicas.inTurn()) {
      if (signal.aborted) break;
      try {
        return await openRemoteSubscription({ subgraph: this.subgraph, url: replica.url, headers, request, signal });
      } catch (error) {
        if (!(error instanceof SubgraphUnreachable)) throw error;
        failure = error.cause;
        this.replicas.rest(replica);
      }
    }
    throw new SubgraphUnreachable(this.subgraph, failure ?? signal.reason);
  }

  async isReachable(): Promise<boolean> {
    const body = JSON.stringify({ query: '{ __typename }' });
    for (const replica of this.replicas.inTurn()) {
      try {
        await post(replica, body, {}, AbortSignal.timeout(REACHABLE_WITHIN_MS));
        return true;
      } catch {
        this.replicas.rest(replica);
      }
    }
    return false;
  }

  close(): Promise<void> {
    return this.replicas.close();
  }

  private async headers(metadata: RequestMetadata): Promise<Record<string, string>> {
    return forwardedHeaders(metadata, await this.gatewayToken?.(this.subgraph));
  }
}

async function post(
  { pool, url }: Replica,
  body: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<ExecutionResult> {
  const response = await pool.request({
    method: 'POST',
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body,
    signal: signal ?? null,
  });
  const text = await response.body.text();
  const result = parseResult(text);
  if (!result) throw new Error(`Answered ${response.statusCode} without a GraphQL result: ${text.slice(0, 200)}`);
  return result;
}

function parseResult(text: string): ExecutionResult | undefined {
  try {
    const result: unknown = JSON.parse(text);
    const isResult = typeof result === 'object' && result !== null && ('data' in result || 'errors' in result);
    // Whatever else a subgraph puts into its result is checked where it is used.
    return isResult ? (result as ExecutionResult) : undefined;
  } catch {
    return undefined;
  }
}

function wasNeverSent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NEVER_SENT.has(String(error.code));
}

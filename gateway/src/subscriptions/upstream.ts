import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { type SubgraphTransport, SubgraphUnreachable } from '../transports/subgraph-transport.js';
import { AFTER, type SubscriptionPlan } from './subscription-plan.js';
import { readEvent, type UpstreamEvent } from './upstream-event.js';

/** How long the gateway tries to get a lost upstream back. */
export interface RetryOptions {
  /** Tries without one new event between them before the subscription ends. @default 10 */
  attempts: number;
  /** Before the second try, in milliseconds; doubles each time. @default 100 */
  firstDelayMs: number;
  /** @default 5000 */
  greatestDelayMs: number;
}

/** About half a minute in all: a rolling restart takes less. */
export const defaultRetry: RetryOptions = { attempts: 10, firstDelayMs: 100, greatestDelayMs: 5_000 };

/** Who asks upstream; read anew for each opening, so that a renewed token is used. */
export type CredentialReader = () => RequestMetadata;

/** Whom an upstream tells. */
export interface UpstreamListener {
  event(event: UpstreamEvent): void;
  /** Nothing comes after this. */
  end(error: unknown): void;
}

/** What an upstream subscribes to. */
export interface UpstreamRequest {
  plan: SubscriptionPlan;
  /** The upstream operation's variables, without the position. */
  variables: Record<string, unknown>;
  /** The position to go on from. */
  after: string | undefined;
  /** The way to the subgraph. */
  transport: SubgraphTransport;
}

interface Opening {
  readonly controller: AbortController;
  readonly authorization: string | undefined;
  readonly isFirst: boolean;
  isReached: boolean;
  hasSpoken: boolean;
}

/** What a subgraph ends a subscription with although it may go on from its cursor. */
const LOST_CODES = new Set(['SUBSCRIPTION_LAGGED', 'SERVICE_UNAVAILABLE']);

/**
 * One subscription at a subgraph, kept alive: when the connection or the replica is lost it goes on at another one
 * from the last position, and when the token is renewed it moves to a new opening under that token. Neither is seen by
 * those who listen. A field without `cursor` and `after` cannot do so: its loss ends the subscription, and a renewed
 * token leaves its opening as it is.
 */
export class Upstream {
  private cursor: string | undefined;
  private opening: Opening | undefined;
  private hasDelivered = false;
  private failures = 0;
  private retryTimer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private transport: SubgraphTransport;

  constructor(
    private readonly request: UpstreamRequest,
    private readonly credential: CredentialReader,
    private readonly listener: UpstreamListener,
    private readonly retry: RetryOptions,
  ) {
    this.cursor = request.after;
    this.transport = request.transport;
  }

  /** Subscribes; again after a loss or a renewal. */
  open(): void {
    clearTimeout(this.retryTimer);
    const metadata = this.credential();
    const previous = this.opening;
    const opening: Opening = {
      controller: new AbortController(),
      authorization: metadata.authorization,
      isFirst: previous === undefined,
      isReached: false,
      hasSpoken: false,
    };
    // From here on the previous opening's events are passed over; this one replays them.
    this.opening = opening;
    void this.follow(opening, previous, metadata);
  }

  /** Goes on under the credential as it is now, unless it is the one already in use. */
  renew(): void {
    if (this.isClosed || !this.request.plan.isResumable) return;
    if (this.credential().authorization !== this.opening?.authorization) this.open();
  }

  /** Takes another way to the subgraph when it is opened next: after a loss or a renewal. */
  openNextOver(transport: SubgraphTransport): void {
    this.transport = transport;
  }

  /** Takes another way to the subgraph: now when nothing is lost by it, or else when this one is lost. */
  moveTo(transport: SubgraphTransport): void {
    if (transport === this.transport) return;
    this.openNextOver(transport);
    if (this.opening && !this.isClosed && this.request.plan.isResumable) this.open();
  }

  /** Ends the subscription at the subgraph at once. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.retryTimer);
    this.opening?.controller.abort();
    this.opening = undefined;
  }

  private async follow(opening: Opening, previous: Opening | undefined, metadata: RequestMetadata): Promise<void> {
    const failure = await this.read(opening, previous, metadata).catch((error: unknown) => error);
    opening.controller.abort();
    if (this.opening === opening) this.recover(opening, failure);
  }

  private async read(opening: Opening, previous: Opening | undefined, metadata: RequestMetadata): Promise<unknown> {
    const { signal } = opening.controller;
    const opened = this.transport.subscribe(this.upstreamRequest(), metadata, signal);
    const stream = await opened.finally(() => previous?.controller.abort());
    if (!(Symbol.asyncIterator in stream)) return stream.errors?.[0] ?? new Error('The subgraph sent no stream');
    opening.isReached = true;
    for await (const result of stream) {
      if (this.opening !== opening) return;
      // Over graphql-ws a refusal comes as a message without data.
      if (result.data === undefined && result.errors?.[0]) return result.errors[0];
      this.deliver(result, opening);
    }
  }

  private upstreamRequest() {
    const { upstream, isResumable } = this.request.plan;
    return {
      query: upstream.query,
      operationName: upstream.operationName,
      variables: { ...this.request.variables, ...(isResumable && { [AFTER]: this.cursor }) },
    };
  }

  private deliver(result: ExecutionResult, opening: Opening): void {
    const event = readEvent(this.request.plan, result);
    const isKnownPosition = event.cursor !== undefined && event.cursor === this.cursor;
    const isGreetingAgain = !opening.hasSpoken && this.hasDelivered && isKnownPosition;
    opening.hasSpoken = true;
    if (isGreetingAgain) return;
    this.failures = 0;
    this.hasDelivered = true;
    if (event.cursor !== undefined) this.cursor = event.cursor;
    this.listener.event(event);
  }

  private recover(opening: Opening, failure: unknown): void {
    const { isResumable } = this.request.plan;
    const isLost = failure === undefined || isLoss(failure);
    const couldNotStart = opening.isFirst && !opening.isReached;
    const hasFresherToken = isResumable && this.credential().authorization !== opening.authorization;
    if (isUnauthenticated(failure) && hasFresherToken) this.open();
    else if (isLost && isResumable && !couldNotStart) this.tryAgain(failure);
    else this.end(failure);
  }

  private tryAgain(failure: unknown): void {
    const { attempts, firstDelayMs, greatestDelayMs } = this.retry;
    this.failures += 1;
    if (this.failures > attempts) {
      this.end(failure);
      return;
    }
    const delay = this.failures === 1 ? 0 : Math.min(firstDelayMs * 2 ** (this.failures - 2), greatestDelayMs);
    // Many gateways lose a replica at the same moment; they should not all come back at the same moment.
    this.retryTimer = setTimeout(() => this.open(), delay * (0.5 + Math.random() / 2));
  }

  private end(failure: unknown): void {
    this.close();
    this.listener.end(isLoss(failure) ? unavailable(this.request.plan.subgraph, failure) : failure);
  }
}

function isLoss(failure: unknown): boolean {
  if (failure instanceof SubgraphUnreachable) return true;
  return failure instanceof GraphQLError && LOST_CODES.has(String(failure.extensions.code));
}

function isUnauthenticated(failure: unknown): boolean {
  return failure instanceof GraphQLError && failure.extensions.code === 'UNAUTHENTICATED';
}

function unavailable(subgraph: string, failure: unknown): GraphQLError {
  return new GraphQLError('The live stream cannot be reached right now; subscribe again with its last cursor', {
    originalError: new SubgraphUnreachable(subgraph, failure),
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });
}

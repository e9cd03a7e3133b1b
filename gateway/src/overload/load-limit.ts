import { GraphQLError } from 'graphql';
import type { OperationGate } from '../operations/operation-gate.js';
import type { OperationObserver } from '../operations/operation-observer.js';
import { OperationRefused } from '../operations/operation-refused.js';
import type { OperationRequest } from '../operations/operation-request.js';
import type { ReadOperation } from '../operations/read-operation.js';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { Limits } from '../settings.js';

const SOONEST_SECONDS = 1;
const LATEST_SECONDS = 3;
const SERVICE_UNAVAILABLE = 503;

/**
 * Refuses operations while as many run as may, or while the process is late with everything, so that those that were
 * admitted are answered in time instead of all of them late. A bound and no measured limit: a subgraph that becomes slow
 * has bounds of its own, and what latencies say of the gateway depends on what is asked.
 *
 * An operation counts from when it is known to when it is answered, whatever transport brings it; a subscription until it
 * has begun. It counts as an observer, since each that begins also ends there, and refuses as a gate.
 */
export class LoadLimit implements OperationObserver, OperationGate {
  private running = 0;
  private readonly refused = new WeakSet<GatewayContext>();

  /** @param loop how late the process is */
  constructor(
    private readonly limits: Pick<Limits, 'operations' | 'loopDelayMs'>,
    private readonly loop: { readonly delayMs: number },
  ) {}

  /** Operations that run. */
  get size(): number {
    return this.running;
  }

  /** Would an operation be refused now? */
  get isReached(): boolean {
    return this.running >= this.limits.operations || this.loop.delayMs > this.limits.loopDelayMs;
  }

  began(_request: OperationRequest, context: GatewayContext): () => void {
    if (this.isReached) {
      this.refused.add(context);
      return () => {};
    }
    this.running += 1;
    return () => {
      this.running -= 1;
    };
  }

  admit(_operation: ReadOperation, context: GatewayContext): void {
    if (this.refused.has(context)) throw overloaded();
  }
}

/** Says when to come back, each client another time: all at once would be the next overload. */
export function overloaded(): OperationRefused {
  const retryAfter = SOONEST_SECONDS + Math.floor(Math.random() * (LATEST_SECONDS - SOONEST_SECONDS + 1));
  const message = `Too much is asked right now; try again in ${retryAfter} s`;
  return new OperationRefused(
    [new GraphQLError(message, { extensions: { code: 'OVERLOADED', retryAfter } })],
    SERVICE_UNAVAILABLE,
  );
}

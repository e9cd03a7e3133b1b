import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  SamplingBreaker,
} from 'cockatiel';
import { SubgraphUnreachable } from './subgraph-transport.js';

/** When a subgraph is left alone. */
export interface BreakerOptions {
  /** The part of fetches that fails. @default 0.5 */
  threshold: number;
  /** Over how long, in milliseconds. @default 10000 */
  windowMs: number;
  /** Among how many fetches a second at least. @default 1 */
  minimumRps: number;
  /** The first rest, in milliseconds; it doubles up to half a minute. @default 1000 */
  restMs: number;
}

const usual: BreakerOptions = { threshold: 0.5, windowMs: 10_000, minimumRps: 1, restMs: 1_000 };
const LONGEST_REST_MS = 30_000;

/**
 * Leaves a subgraph alone that failed too often: what needs it fails at once instead of waiting. After a rest one fetch is
 * let through to see how it is; the others do not wait for what comes of it, as cockatiel would have them.
 */
export class SubgraphBreaker {
  private readonly policy: CircuitBreakerPolicy;

  /** @param onOpen told each time that the subgraph begins to rest */
  constructor(
    private readonly subgraph: string,
    options: Partial<BreakerOptions> = {},
    onOpen: () => void = () => {},
  ) {
    const { threshold, windowMs, minimumRps, restMs } = { ...usual, ...options };
    this.policy = circuitBreaker(
      handleWhen((error) => this.counts(error)),
      {
        halfOpenAfter: new ExponentialBackoff({ initialDelay: restMs, maxDelay: LONGEST_REST_MS }),
        breaker: new SamplingBreaker({ threshold, duration: windowMs, minimumRps }),
      },
    );
    this.policy.onBreak(onOpen);
  }

  /** Is the subgraph left alone, or about to be tried? */
  get isOpen(): boolean {
    return this.policy.state !== CircuitState.Closed;
  }

  /** @throws SubgraphUnreachable without a call when the subgraph rests */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.policy.state === CircuitState.HalfOpen) throw this.resting();
    try {
      return await this.policy.execute(call);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.resting(error) : error;
    }
  }

  /** A client that goes away, or has little patience, says nothing of the subgraph, unless it was to be tried just then. */
  private counts(error: unknown): boolean {
    if (!(error instanceof SubgraphUnreachable)) return false;
    return error.reason === 'unreachable' || error.reason === 'late' || this.policy.state === CircuitState.HalfOpen;
  }

  private resting(cause?: Error): SubgraphUnreachable {
    return new SubgraphUnreachable(this.subgraph, cause, 'resting');
  }
}

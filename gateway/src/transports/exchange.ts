import type { ExecutionResult } from 'graphql';
import type { Dispatcher } from 'undici';
import type { Replica } from './replica.js';

/** What is sent, and how long its answer is waited for. */
interface ExchangeRequest {
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  /** Aborted when nobody waits any longer. */
  signal: AbortSignal | undefined;
}

/** A request that got no GraphQL result. */
export class ExchangeFailed extends Error {
  override readonly name = 'ExchangeFailed';

  /**
   * @param wasSent something of it may have left this process
   * @param reason `late` when the time was over, `abandoned` when nobody waited any longer
   */
  constructor(
    message: string,
    readonly wasSent: boolean,
    readonly reason: 'failed' | 'late' | 'abandoned' = 'failed',
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/**
 * Sends one request to a replica, once. A connection on which an answer is given up is closed.
 *
 * Handles undici's events by itself: of its `request` most of the time went into a stream for the body and an
 * `AbortSignal` for the time limit.
 *
 * @throws ExchangeFailed
 */
export function exchange({ pool, path }: Replica, request: ExchangeRequest): Promise<ExecutionResult> {
  const { headers, body } = request;
  return new Promise((resolve, reject) => {
    const handler = new Exchange(request, resolve, reject);
    if (!handler.isOver) pool.dispatch({ method: 'POST', path, headers, body }, handler);
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  /** It was answered, or given up. */
  isOver = false;
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private readonly chunks: Buffer[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly request: ExchangeRequest,
    private readonly resolve: (result: ExecutionResult) => void,
    private readonly reject: (failure: ExchangeFailed) => void,
  ) {
    const { timeoutMs, signal } = request;
    this.timer = setTimeout(() => this.giveUp(`No answer within ${timeoutMs} ms`, 'late'), timeoutMs);
    signal?.addEventListener('abort', this.abandon, { once: true });
    if (signal?.aborted) this.abandon();
  }

  /** From here on it may reach the replica. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isOver) controller.abort(new Error('Given up before it was sent'));
    else this.controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.isOver) return;
    const [first, ...more] = this.chunks;
    const body = first && more.length === 0 ? first : Buffer.concat(this.chunks);
    const text = body.toString('utf8');
    const result = parseResult(text);
    if (result) {
      this.end();
      this.resolve(result);
    } else {
      this.fail(`Answered ${this.status} without a GraphQL result: ${text.slice(0, 200)}`, 'failed');
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.isOver) this.fail(error.message, 'failed', error);
  }

  private readonly abandon = (): void => this.giveUp('Nobody waits for the answer any longer', 'abandoned');

  private giveUp(message: string, reason: ExchangeFailed['reason']): void {
    if (this.isOver) return;
    const { controller } = this;
    this.fail(message, reason);
    controller?.abort(new Error(message));
  }

  private fail(message: string, reason: ExchangeFailed['reason'], cause?: Error): void {
    this.end();
    this.reject(new ExchangeFailed(message, this.controller !== undefined, reason, cause));
  }

  private end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.request.signal?.removeEventListener('abort', this.abandon);
  }
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

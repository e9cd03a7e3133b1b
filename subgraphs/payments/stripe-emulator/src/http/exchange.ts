import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../engine.js';
import type { RequestFaults } from '../faults/request-faults.js';
import { StripeError } from '../protocol/stripe-error.js';
import type { Resource, Route } from '../resources/resource.js';
import type { Transaction } from '../store/transaction.js';
import { Expander } from './expand.js';
import { answerOf, fingerprint, keepAnswer, keyInUse } from './idempotency.js';
import { errorReply, type Reply } from './reply.js';

/** A request as it was understood. */
export interface ApiRequest {
  account: string;
  isPublic: boolean;
  /** Without the query. */
  url: string;
  path: Readonly<Record<string, string>>;
  /** Its parameters, of the query and of the body. */
  form: object;
  /** The body as it came. */
  body: string;
  requestId: string;
  idempotencyKey: string | null;
}

/** Takes a request to its answer: faults, idempotency, the commit, `expand`. */
export class Exchange {
  private readonly expander: Expander;
  private readonly running = new Set<string>();

  constructor(
    private readonly engine: Engine,
    resources: readonly Resource[],
    private readonly faults: RequestFaults,
  ) {
    this.expander = new Expander(resources);
  }

  /** @throws StripeError for what is refused before it begins */
  async run(route: Route, request: ApiRequest): Promise<Reply | 'HANG_UP'> {
    const { idempotencyKey: key, account } = request;
    if (request.isPublic && !route.isPublic) throw secretKeyRequired();
    if (key !== null && key.length > 255) throw keyTooLong();
    const fault = this.faults.take(route.method, request.url);
    if (fault?.kind === 'RATE_LIMIT') throw rateLimited();
    if (fault?.kind === 'FAIL_BEFORE') throw failure('The request was not begun (a fault on demand).');
    const lock = `${account} ${key}`;
    if (key !== null && this.running.has(lock)) throw keyInUse(key);
    if (fault?.delayMs) {
      if (key !== null) this.running.add(lock);
      await sleep(fault.delayMs);
      this.running.delete(lock);
    }
    this.engine.scheduler.runDue();
    const reply = this.answer(route, request);
    if (fault?.kind === 'HANG_UP') return 'HANG_UP';
    if (fault?.kind === 'FAIL_AFTER_COMMIT')
      throw failure('The request was done, its answer lost (a fault on demand).');
    return reply;
  }

  private answer(route: Route, request: ApiRequest): Reply {
    const { requestId, idempotencyKey: key, account } = request;
    const print = key === null ? '' : fingerprint(route.method, request.url, request.body);
    const occasion = { account, origin: { requestId, idempotencyKey: key } };
    try {
      return this.engine.transact((tx) => {
        const earlier = key === null ? undefined : answerOf(tx, key, print);
        if (earlier) return replay(earlier, request);
        const reply = this.execute(tx, route, request);
        if (key !== null) keep(tx, key, print, reply);
        return reply;
      }, occasion);
    } catch (error) {
      if (key !== null && error instanceof StripeError && hadBegun(error)) {
        this.engine.transact((tx) => keep(tx, key, print, errorReply(error, requestId)), occasion);
      }
      return this.refusal(error, request);
    }
  }

  private refusal(error: unknown, { requestId, idempotencyKey }: ApiRequest): Reply {
    if (!(error instanceof StripeError)) this.engine.logger.error({ err: error, requestId }, 'A request failed');
    const reply = errorReply(error, requestId);
    return { ...reply, headers: { ...reply.headers, ...keyHeader(idempotencyKey) } };
  }

  private execute(tx: Transaction, route: Route, request: ApiRequest): Reply {
    const { path, url, isPublic, requestId } = request;
    const { expand, ...form } = request.form as Record<string, unknown>;
    const answer = route.answer({ tx, path, url, isPublic }, form);
    if (answer instanceof StripeError) return errorReply(answer, requestId);
    const body = JSON.stringify(this.expander.expand(tx, answer, expandPaths(expand)));
    return { status: 200, headers: { 'request-id': requestId, ...keyHeader(request.idempotencyKey) }, body };
  }
}

function keep(tx: Transaction, key: string, print: string, { status, body, headers }: Reply): void {
  const requestId = headers['request-id'] ?? '';
  keepAnswer(tx, { id: key, fingerprint: print, status, body, requestId, created: tx.now });
}

function replay(
  { status, body, requestId: original }: { status: number; body: string; requestId: string },
  { requestId, idempotencyKey }: ApiRequest,
): Reply {
  return {
    status,
    body,
    headers: {
      'request-id': requestId,
      'original-request': original,
      'idempotent-replayed': 'true',
      ...keyHeader(idempotencyKey),
    },
  };
}

/** Stripe keeps no answer to a request that it refuses as malformed, or that meets another one. */
function hadBegun({ type, details: { code = '' }, status }: StripeError): boolean {
  return type !== 'idempotency_error' && status !== 401 && status !== 403 && !/^parameter_/.test(code);
}

function keyHeader(key: string | null): Record<string, string> {
  return key === null ? {} : { 'idempotency-key': key };
}

function expandPaths(expand: unknown): string[] {
  if (expand === undefined) return [];
  if (Array.isArray(expand) && expand.every((path) => typeof path === 'string')) return expand;
  throw new StripeError(400, 'invalid_request_error', 'Invalid array', { param: 'expand' });
}

function secretKeyRequired(): StripeError {
  return new StripeError(
    401,
    'invalid_request_error',
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    { code: 'secret_key_required' },
  );
}

function keyTooLong(): StripeError {
  return new StripeError(400, 'invalid_request_error', 'Idempotency keys can be at most 255 characters long.');
}

function rateLimited(): StripeError {
  return new StripeError(
    429,
    'invalid_request_error',
    'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
    { code: 'rate_limit' },
  );
}

function failure(message: string): StripeError {
  return new StripeError(500, 'api_error', message);
}

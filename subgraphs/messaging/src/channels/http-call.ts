import { assertOutsideTransaction } from '@tutorgraph/kit/database/transaction';
import { unavailable } from './delivery-error.js';

/** A request to a provider, which gets and answers JSON. */
export interface HttpCall {
  url: string;
  headers?: Record<string, string>;
  /** JSON, unless it is a form. */
  body: object | URLSearchParams;
  /** Milliseconds for the whole answer. @default 10000 */
  budgetMs?: number | undefined;
}

/** What a provider answered. */
export interface HttpAnswer {
  status: number;
  /** Undefined when it was no JSON. */
  body: unknown;
  /** When it wants to be asked again, in seconds. */
  retryAfterSeconds: number | undefined;
}

/** Of an answer no more is read. */
const MOST_BYTES = 64 * 1024;
const LONGEST_WAIT_SECONDS = 60 * 60;

/** The facts of a call that was not answered, without addresses and words: a secret may be part of the address. */
class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * Posts to a provider; an answer of any status is an answer.
 *
 * @param who whom the message of a failure names
 * @throws DeliveryError DELIVERY_UNAVAILABLE when no answer came in time; Error inside an open transaction
 */
export async function post(who: string, { url, headers, body, budgetMs = 10_000 }: HttpCall): Promise<HttpAnswer> {
  assertOutsideTransaction(who);
  const isForm = body instanceof URLSearchParams;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(budgetMs),
      headers: { ...headers, ...(!isForm && { 'content-type': 'application/json' }) },
      body: isForm ? body : JSON.stringify(body),
    });
    const { status } = response;
    return {
      status,
      body: await readJson(response),
      retryAfterSeconds: readRetryAfter(response.headers.get('retry-after')),
    };
  } catch (error) {
    throw unavailable(`${who} did not answer; it can be tried again`, { cause: new HttpFailure(codeOf(error)) });
  }
}

/** Seconds that a `Retry-After` asks for: a number or a time; an hour at most. */
export function readRetryAfter(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS) : undefined;
}

async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'TIMEOUT';
  const cause: unknown = Reflect.get(Object(error), 'cause');
  const code: unknown = Reflect.get(Object(cause), 'code');
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : 'UNREACHABLE';
}

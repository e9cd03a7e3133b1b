import { Agent, fetch, type Headers, type Response } from 'undici';
import { assertOutsideTransaction } from '../database/transaction.js';
import { AddressNotPublicError, lookupPublic, refuseLiteralAddress } from './public-address.js';

/** Why a document could not be got. */
export type FetchFailure =
  | 'ADDRESS_NOT_PUBLIC'
  | 'UNREACHABLE'
  | 'TOO_SLOW'
  | 'TOO_LARGE'
  | 'TOO_MANY_REDIRECTS'
  | 'REFUSED';

/** A document that could not be got. Its message names no address, which may be a secret. */
export class PublicFetchError extends Error {
  override readonly name = 'PublicFetchError';

  constructor(
    readonly code: FetchFailure,
    /** The status when the server refused. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(status ? `${code} (${status})` : code, options);
  }
}

/** What to get, and how much of it. */
export interface PublicFetchOptions {
  headers?: Record<string, string>;
  /** Bytes after decompression. */
  maxBytes: number;
  /** For everything, redirects included. */
  timeoutMs: number;
  /** Hosts, each with its port where it is not the usual one, that may lie on our own network, and be asked over HTTP. */
  allowedHosts?: readonly string[];
  signal?: AbortSignal;
}

/** A document, or the word that it has not changed. */
export interface PublicDocument {
  /** Undefined when it has not changed since the headers' ETag or time. */
  text: string | undefined;
  headers: Headers;
}

const MOST_REDIRECTS = 5;
const guarded = new Agent({ connect: { lookup: lookupPublic }, connections: 4, pipelining: 1 });
const open = new Agent({ connections: 4, pipelining: 1 });

/**
 * Gets a document from an address that a stranger gave us: over HTTPS, from the public internet only (redirects too), in
 * bounded time and size. No cookie and nothing of ours goes with it.
 *
 * @throws PublicFetchError; Error inside a transaction
 */
export function publicFetch(address: string, options: PublicFetchOptions): Promise<PublicDocument> {
  return within(options, async (signal) => {
    const response = await follow(new URL(address), options, signal);
    if (response.status === 304) return { text: undefined, headers: response.headers };
    if (!response.ok) {
      await response.body?.cancel();
      throw new PublicFetchError('REFUSED', response.status);
    }
    return { text: await bounded(response, options.maxBytes), headers: response.headers };
  });
}

/** What to give, and for how long to wait. */
export interface PublicPostOptions extends Omit<PublicFetchOptions, 'maxBytes'> {
  body: Uint8Array;
}

/** What a server said to what it was given; its words are not read. */
export interface PublicAnswer {
  status: number;
  headers: Headers;
}

/**
 * Posts bytes to an address that a stranger gave us, by the same rules as {@link publicFetch}; a redirect is an answer like
 * any other.
 *
 * @throws PublicFetchError when there was no answer; Error inside a transaction
 */
export function publicPost(address: string, options: PublicPostOptions): Promise<PublicAnswer> {
  return within(options, async (signal) => {
    const response = await ask(new URL(address), { ...options, method: 'POST' }, signal);
    await response.body?.cancel();
    return { status: response.status, headers: response.headers };
  });
}

async function within<Answer>(
  options: Pick<PublicFetchOptions, 'timeoutMs' | 'signal'>,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  assertOutsideTransaction('An outside server');
  const limits = [AbortSignal.timeout(options.timeoutMs), ...(options.signal ? [options.signal] : [])];
  try {
    return await work(AbortSignal.any(limits));
  } catch (error) {
    if (error instanceof PublicFetchError) throw error;
    if (limits[0]?.aborted) throw new PublicFetchError('TOO_SLOW', undefined, { cause: error });
    options.signal?.throwIfAborted();
    throw new PublicFetchError(isPrivate(error) ? 'ADDRESS_NOT_PUBLIC' : 'UNREACHABLE', undefined, { cause: error });
  }
}

async function follow(first: URL, options: PublicFetchOptions, signal: AbortSignal): Promise<Response> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url, options, signal);
    const target = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || response.status === 304 || !target) return response;
    await response.body?.cancel();
    url = new URL(target, url);
  }
  throw new PublicFetchError('TOO_MANY_REDIRECTS');
}

interface Asked extends Pick<PublicFetchOptions, 'allowedHosts' | 'headers'> {
  method?: 'POST';
  body?: Uint8Array;
}

async function ask(url: URL, { allowedHosts, headers, method, body }: Asked, signal: AbortSignal): Promise<Response> {
  const isAllowed = allowedHosts?.includes(url.host) ?? false;
  if (!isAllowed) checkUrl(url);
  return fetch(url, {
    redirect: 'manual',
    dispatcher: isAllowed ? open : guarded,
    signal,
    headers: { 'user-agent': 'Tutorgraph', ...headers },
    ...(method && { method, body: body ?? null }),
  });
}

function checkUrl(url: URL): void {
  if (url.protocol !== 'https:') throw new AddressNotPublicError('Only https: is asked');
  refuseLiteralAddress(url.hostname);
}

async function bounded(response: Response, maxBytes: number): Promise<string> {
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body?.cancel();
    throw new PublicFetchError('TOO_LARGE');
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes: Uint8Array = chunk;
    size += bytes.byteLength;
    if (size > maxBytes) throw new PublicFetchError('TOO_LARGE');
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function isPrivate(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof AddressNotPublicError) return true;
  }
  return false;
}

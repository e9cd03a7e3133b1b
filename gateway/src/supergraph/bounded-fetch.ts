/** How something is fetched that may be anything. */
export interface BoundedFetchOptions {
  headers?: Record<string, string>;
  /** For all of it, the body included. */
  timeoutMs: number;
  maxBytes: number;
}

/** What came. */
export interface FetchedBytes {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** Fetches at most so many bytes within so much time. @throws when it is more of either, or nobody answers */
export async function boundedFetch(url: URL, options: BoundedFetchOptions): Promise<FetchedBytes> {
  const { headers, timeoutMs, maxBytes } = options;
  const response = await fetch(url, { headers: { ...headers }, signal: AbortSignal.timeout(timeoutMs) });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (size > maxBytes) throw new Error(`${url.origin} sends more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: response.status, headers: response.headers, bytes: Buffer.concat(chunks) };
}

import { type BoundedFetchOptions, boundedFetch, type FetchedBytes } from './bounded-fetch.js';
import { SupergraphRefused } from './supergraph-refused.js';
import {
  BROADCASTS_FILE,
  type PublishedSupergraph,
  type PublishedText,
  SIGNATURE_SUFFIX,
  type SupergraphSource,
} from './supergraph-source.js';

const SIGNATURE_HEADER = 'x-signature-ed25519';
const NOT_MODIFIED = 304;
const ABSENT = new Set([404, 410]);

/** A supergraph at an address, asked for with the ETag of the last one. */
export class SupergraphUrl implements SupergraphSource {
  readonly name: string;
  private lastTag: string | undefined;
  private lastBytes: Buffer | undefined;

  constructor(
    private readonly url: URL,
    private readonly limits: Pick<BoundedFetchOptions, 'timeoutMs' | 'maxBytes'>,
  ) {
    // What follows the path may be a key.
    this.name = url.origin + url.pathname;
  }

  async read(): Promise<PublishedSupergraph | undefined> {
    const answer = await this.fetch(this.url, this.lastTag);
    if (answer.status === NOT_MODIFIED) return undefined;
    const supergraph = await this.signed(this.url, answer);
    if (!supergraph) throw new SupergraphRefused('unavailable', `There is no supergraph at ${this.name}`);
    if (this.lastBytes?.equals(supergraph.bytes)) return undefined;
    const beside = new URL(BROADCASTS_FILE, this.url);
    const broadcasts = await this.signed(beside, await this.fetch(beside));
    this.lastTag = answer.headers.get('etag') ?? undefined;
    this.lastBytes = supergraph.bytes;
    return { supergraph, broadcasts };
  }

  forget(): void {
    this.lastTag = undefined;
    this.lastBytes = undefined;
  }

  /** An address tells nothing by itself. */
  watch(): () => void {
    return () => {};
  }

  private async signed(url: URL, { status, headers, bytes }: FetchedBytes): Promise<PublishedText | undefined> {
    if (ABSENT.has(status)) return undefined;
    if (status !== 200) throw new SupergraphRefused('unavailable', `${url.origin}${url.pathname} answered ${status}`);
    return { bytes, signature: headers.get(SIGNATURE_HEADER) ?? (await this.signatureBeside(url)) };
  }

  private async signatureBeside(url: URL): Promise<string | undefined> {
    const beside = new URL(url);
    beside.pathname += SIGNATURE_SUFFIX;
    const { status, bytes } = await this.fetch(beside);
    return status === 200 ? bytes.toString('utf8').trim() : undefined;
  }

  private async fetch(url: URL, tag?: string): Promise<FetchedBytes> {
    try {
      return await boundedFetch(url, {
        ...this.limits,
        ...(tag !== undefined && { headers: { 'if-none-match': tag } }),
      });
    } catch (error) {
      throw new SupergraphRefused('unavailable', `${url.origin}${url.pathname} could not be fetched`, error);
    }
  }
}

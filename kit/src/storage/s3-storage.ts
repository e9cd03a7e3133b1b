import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { create as contentDisposition } from 'content-disposition';
import { LRUCache } from 'lru-cache';
import { EnvironmentError } from '../environment/environment.js';
import { serviceUnavailable } from '../graphql/errors.js';
import {
  ObjectNotFoundError,
  type ObjectStorage,
  type SignedPut,
  type SignGetOptions,
  type SignPutOptions,
} from './object-storage.js';

/** An S3-compatible server and what opens it. */
export interface S3Options {
  /** Where our processes reach it. */
  endpoint: string;
  /** Where clients reach it: what signed URLs begin with. */
  publicEndpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** How long a call that moves no file may take, its retries included. @default 10000 */
  callTimeoutMs?: number;
  /** How long a connection may be silent while a file moves. @default 30000 */
  silenceTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 3_000;
/** S3 takes no smaller parts but the last; two at once are in memory. */
const PART_BYTES = 8 * 1024 * 1024;
const REMOVED_AT_ONCE = 8;
/** Signing takes a third of a millisecond, which a page of a hundred pictures would feel. */
const MOST_KEPT_URLS = 10_000;

/** Files in a bucket of an S3-compatible server, addressed by path, not by host. */
export class S3Storage implements ObjectStorage {
  private readonly client: S3Client;
  /** Signs for the address that clients use; sends nothing. */
  private readonly signer: S3Client;
  private readonly bucket: string;
  private readonly callTimeoutMs: number;
  private readonly stableUrls = new LRUCache<string, string>({ max: MOST_KEPT_URLS });

  constructor(private readonly options: S3Options) {
    this.client = createClient(options, options.endpoint);
    this.signer = createClient(options, options.publicEndpoint);
    this.bucket = options.bucket;
    this.callTimeoutMs = options.callTimeoutMs ?? 10_000;
  }

  /**
   * Makes sure that there is a bucket that we may use.
   *
   * @param onUnreachable told when the server does not answer: it may come later, and most of a room works without it
   * @throws EnvironmentError when it answers that there is none or that we may not
   */
  async check(onUnreachable: (error: unknown) => void): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }), this.call());
    } catch (cause) {
      const status = statusOf(cause);
      if (status === 404) throw new EnvironmentError(this.noBucket(), { cause });
      if (status === 403 || status === 400) {
        const advice = `correct S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and S3_REGION, or grant it the bucket "${this.bucket}"`;
        throw new EnvironmentError(`The storage at ${this.options.endpoint} refuses our key; ${advice}`, { cause });
      }
      onUnreachable(cause);
    }
  }

  async put(key: string, body: Uint8Array | Readable, { contentType }: { contentType: string }): Promise<void> {
    const params = { Bucket: this.bucket, Key: key, Body: body, ContentType: contentType };
    await this.translated(async () => {
      if (body instanceof Readable) {
        await new Upload({ client: this.client, params, partSize: PART_BYTES, queueSize: 2 }).done();
      } else {
        await this.client.send(new PutObjectCommand(params));
      }
    });
  }

  async get(key: string): Promise<Readable> {
    const { Body } = await this.translated(
      () => this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key })),
      key,
    );
    if (Body instanceof Readable) return Body;
    throw serviceUnavailable('The file storage answered without a file');
  }

  async head(key: string): Promise<{ size: number; contentType: string } | undefined> {
    try {
      const found = await this.translated(
        () => this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }), this.call()),
        key,
      );
      return { size: found.ContentLength ?? 0, contentType: found.ContentType ?? 'application/octet-stream' };
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return undefined;
      throw error;
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix });
    const iterator = pages[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await this.translated(() => iterator.next());
      if (done) return;
      for (const { Key } of value.Contents ?? []) if (Key !== undefined) yield Key;
    }
  }

  /** One by one: not every server of this protocol knows how to remove many. */
  async remove(keys: readonly string[]): Promise<void> {
    const left = [...keys];
    const work = async (): Promise<void> => {
      for (let key = left.pop(); key !== undefined; key = left.pop()) {
        const command = new DeleteObjectCommand({ Bucket: this.bucket, Key: key });
        await this.translated(() => this.client.send(command, this.call()));
      }
    };
    await Promise.all(Array.from({ length: Math.min(REMOVED_AT_ONCE, keys.length) }, work));
  }

  async signPut(key: string, { contentType, size, expiresInSeconds }: SignPutOptions): Promise<SignedPut> {
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      ContentType: contentType,
      ContentLength: size,
    });
    const url = await getSignedUrl(this.signer, command, {
      expiresIn: expiresInSeconds,
      // The presigner leaves the type out unless it is told to sign it.
      signableHeaders: new Set(['host', 'content-type', 'content-length']),
    });
    return { url, headers: { 'content-type': contentType } };
  }

  async signGet(key: string, options: SignGetOptions): Promise<string> {
    const windowMs = (options.stableForSeconds ?? 0) * 1000;
    const now = Date.now();
    if (windowMs === 0) return this.sign(key, options, new Date(now));
    const begin = now - (now % windowMs);
    const name = JSON.stringify([key, options, begin]);
    const url = this.stableUrls.get(name) ?? (await this.sign(key, options, new Date(begin)));
    this.stableUrls.set(name, url);
    return url;
  }

  private sign(key: string, { expiresInSeconds, downloadName }: SignGetOptions, signingDate: Date): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.bucket,
      Key: key,
      ...(downloadName !== undefined && { ResponseContentDisposition: contentDisposition(downloadName) }),
    });
    return getSignedUrl(this.signer, command, { expiresIn: expiresInSeconds, signingDate });
  }

  async close(): Promise<void> {
    this.client.destroy();
    this.signer.destroy();
  }

  private call(): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.callTimeoutMs) };
  }

  /** @param key what is missing when the server says that something is */
  private async translated<Result>(work: () => Promise<Result>, key?: string): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      const isBucketMissing = cause instanceof S3ServiceException && cause.name === 'NoSuchBucket';
      if (key !== undefined && statusOf(cause) === 404 && !isBucketMissing)
        throw new ObjectNotFoundError(key, { cause });
      const fault = isBucketMissing ? new EnvironmentError(this.noBucket(), { cause }) : cause;
      throw serviceUnavailable('The file storage did not answer as it must; try again', fault);
    }
  }

  private noBucket(): string {
    const { endpoint } = this.options;
    return `There is no bucket "${this.bucket}" at ${endpoint}; make it (mc mb <alias>/${this.bucket}) or correct S3_BUCKET`;
  }
}

function createClient(options: S3Options, endpoint: string): S3Client {
  return new S3Client({
    endpoint,
    region: options.region,
    forcePathStyle: true,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    // Other servers than Amazon's do not know its newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: options.silenceTimeoutMs ?? 30_000,
    },
  });
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { signatureFault } from './s3-signature.js';

const KEYS_A_PAGE = 2;

interface StoredObject {
  body: Buffer;
  contentType: string;
}

/**
 * A server that speaks S3's protocol with one bucket in memory. It verifies every request's signature, header or query,
 * over exactly the headers that it names: a body of another size or type than signed does not pass.
 */
export class S3Server {
  readonly objects = new Map<string, StoredObject>();
  /** Every request, such as `PUT /files/a?partNumber=1`. */
  readonly requests: string[] = [];
  /** Called before a request is answered; may keep it waiting. */
  delay: (request: IncomingMessage) => Promise<void> = async () => {};
  private readonly uploads = new Map<string, { contentType: string; parts: Map<number, Buffer> }>();
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  constructor(readonly bucket: string) {}

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    await this.delay(request);
    const url = new URL(request.url ?? '/', 'http://server');
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const shown = ['partNumber', 'uploads', 'list-type'].filter((name) => url.searchParams.has(name));
    this.requests.push(`${request.method} /${key}${shown.length > 0 ? `?${shown.join('&')}` : ''}`);
    const fault = signatureFault(request, body);
    if (fault) return refuse(response, 403, fault);
    if (bucket !== this.bucket) return refuse(response, 404, 'NoSuchBucket');
    if (key === '') return this.answerBucket(request, response, url.searchParams);
    if (url.searchParams.has('uploads') || url.searchParams.has('uploadId')) {
      return this.answerMultipart(request, response, { key, body, query: url.searchParams });
    }
    return this.answerObject(request, response, { key, body, query: url.searchParams });
  }

  private answerBucket(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    if (request.method === 'HEAD') return void response.end();
    const after = query.get('continuation-token') ?? '';
    const found = [...this.objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
      .sort();
    const page = found.slice(0, KEYS_A_PAGE);
    const token = found.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    const isTruncated = `<IsTruncated>${token !== ''}</IsTruncated>`;
    response.end(`<ListBucketResult>${isTruncated}${token}${contents}</ListBucketResult>`);
  }

  private answerObject(request: IncomingMessage, response: ServerResponse, { key, body, query }: Asked): void {
    if (request.method === 'PUT') {
      this.objects.set(key, { body, contentType: request.headers['content-type'] ?? 'binary/octet-stream' });
      return void response.setHeader('etag', '"e"').end();
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    const found = this.objects.get(key);
    if (!found) {
      refuse(response, 404, 'NoSuchKey');
      return;
    }
    const disposition = query.get('response-content-disposition');
    if (disposition) response.setHeader('content-disposition', disposition);
    response.setHeader('content-type', found.contentType).setHeader('content-length', found.body.length);
    response.end(request.method === 'HEAD' ? undefined : found.body);
  }

  private answerMultipart(request: IncomingMessage, response: ServerResponse, { key, body, query }: Asked): void {
    const id = query.get('uploadId') ?? `upload-${this.uploads.size + 1}`;
    const upload = this.uploads.get(id) ?? { contentType: request.headers['content-type'] ?? '', parts: new Map() };
    if (query.has('uploads')) {
      this.uploads.set(id, upload);
      return void response.end(`<R><UploadId>${id}</UploadId></R>`);
    }
    if (request.method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body);
      return void response.setHeader('etag', `"${query.get('partNumber')}"`).end();
    }
    this.uploads.delete(id);
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    const whole = Buffer.concat([...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part));
    this.objects.set(key, { body: whole, contentType: upload.contentType });
    response.end('<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>');
  }

  /** Uploads in parts that were begun and neither completed nor given up. */
  get openUploads(): number {
    return this.uploads.size;
  }
}

interface Asked {
  key: string;
  body: Buffer;
  query: URLSearchParams;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

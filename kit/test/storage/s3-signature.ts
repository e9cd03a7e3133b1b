import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The key that the emulated server knows. */
export const s3Key = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const MOST_SKEW_MS = 15 * 60 * 1000;

/** What is wrong with a request's AWS Signature Version 4, by its code; undefined when nothing is. */
export function signatureFault(request: IncomingMessage, body: Buffer, now = Date.now()): string | undefined {
  const url = new URL(request.url ?? '/', 'http://server');
  const claim = url.searchParams.has('X-Amz-Signature') ? presigned(url) : byHeader(request);
  if (!claim) return 'AccessDenied';
  if (claim.accessKeyId !== s3Key.accessKeyId) return 'InvalidAccessKeyId';
  const signedAt = Date.parse(claim.date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (claim.expiresSeconds === undefined ? Math.abs(now - signedAt) > MOST_SKEW_MS : signedAt > now + MOST_SKEW_MS) {
    return 'RequestTimeTooSkewed';
  }
  if (claim.expiresSeconds !== undefined && now >= signedAt + claim.expiresSeconds * 1000) return 'AccessDenied';
  if (!claim.signedHeaders.includes('host')) return 'SignatureDoesNotMatch';
  if (claim.payloadHash !== UNSIGNED && claim.payloadHash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  return signatureOf(request, url, claim) === claim.signature ? undefined : 'SignatureDoesNotMatch';
}

interface Claim {
  accessKeyId: string;
  /** `date/region/s3/aws4_request` */
  scope: string;
  date: string;
  expiresSeconds: number | undefined;
  signedHeaders: string[];
  payloadHash: string;
  signature: string;
}

function presigned(url: URL): Claim | undefined {
  const read = (name: string): string => url.searchParams.get(`X-Amz-${name}`) ?? '';
  if (read('Algorithm') !== 'AWS4-HMAC-SHA256') return undefined;
  return {
    ...credential(read('Credential')),
    date: read('Date'),
    expiresSeconds: Number(read('Expires')),
    signedHeaders: read('SignedHeaders').split(';'),
    payloadHash: read('Content-Sha256') || UNSIGNED,
    signature: read('Signature'),
  };
}

function byHeader(request: IncomingMessage): Claim | undefined {
  const [, fields = ''] = /^AWS4-HMAC-SHA256 (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const read = (name: string): string => new RegExp(`${name}=([^,\\s]+)`).exec(fields)?.[1] ?? '';
  if (!fields) return undefined;
  return {
    ...credential(read('Credential')),
    date: String(request.headers['x-amz-date']),
    expiresSeconds: undefined,
    signedHeaders: read('SignedHeaders').split(';'),
    payloadHash: String(request.headers['x-amz-content-sha256']),
    signature: read('Signature'),
  };
}

function credential(text: string): Pick<Claim, 'accessKeyId' | 'scope'> {
  const [accessKeyId = '', ...scope] = text.split('/');
  return { accessKeyId, scope: scope.join('/') };
}

function signatureOf(request: IncomingMessage, url: URL, claim: Claim): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const headers = claim.signedHeaders.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    headers.join(''),
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
  const key = claim.scope.split('/').reduce<string | Buffer>(hmac, `AWS4${s3Key.secretAccessKey}`);
  return hmac(key, ['AWS4-HMAC-SHA256', claim.date, claim.scope, sha256(canonical)].join('\n')).toString('hex');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What one signed URL allows, and until when (in seconds since 1970). */
export type FileGrant =
  | { method: 'PUT'; key: string; contentType: string; size: number; expires: number }
  | { method: 'GET'; key: string; downloadName: string | undefined; expires: number };

/** Signs URLs of files on disk, so that a URL is all that somebody needs and says all that they may. */
export class FileSignatures {
  private readonly key: Uint8Array;

  /** @param secretKey SECRET_KEY; processes that share files share it */
  constructor(secretKey: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', 'tutorgraph file urls', 32));
  }

  sign(grant: FileGrant): string {
    return this.digest(grant).toString('base64url');
  }

  /** Is this the grant's signature, and is it still good? */
  allows(grant: FileGrant, signature: string, now = Date.now()): boolean {
    const given = Buffer.from(signature, 'base64url');
    const right = this.digest(grant);
    return given.length === right.length && timingSafeEqual(given, right) && now < grant.expires * 1000;
  }

  private digest(grant: FileGrant): Buffer {
    const words =
      grant.method === 'PUT'
        ? [grant.method, grant.key, grant.expires, grant.contentType, grant.size]
        : [grant.method, grant.key, grant.expires, grant.downloadName ?? null];
    return createHmac('sha256', this.key).update(JSON.stringify(words)).digest();
  }
}

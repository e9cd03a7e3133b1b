import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Where exports are, below the origin of whoever serves them. */
export const EXPORT_PATH = '/payments/ledger.csv';

/** What an address lets its holder download: journals recorded within the span. */
export interface ExportGrant {
  from: Date;
  to: Date;
  expiresAt: Date;
}

/** Signs addresses of exports: nobody can make one without the secret, and one says all that it allows. */
export class ExportAddresses {
  private readonly key: Uint8Array;

  constructor(secretKey: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', 'tutorgraph ledger export', 32));
  }

  /** The path and query of an export. */
  address(grant: ExportGrant): string {
    const query = new URLSearchParams({ ...words(grant), signature: this.sign(grant).toString('base64url') });
    return `${EXPORT_PATH}?${query}`;
  }

  /** Is this the grant's signature, and is it still good? */
  allows(grant: ExportGrant, signature: string, now: Date): boolean {
    const [given, right] = [Buffer.from(signature, 'base64url'), this.sign(grant)];
    return given.length === right.length && timingSafeEqual(given, right) && now < grant.expiresAt;
  }

  private sign(grant: ExportGrant): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify(words(grant)))
      .digest();
  }
}

function words({ from, to, expiresAt }: ExportGrant) {
  return { from: from.toISOString(), to: to.toISOString(), expires: expiresAt.toISOString() };
}

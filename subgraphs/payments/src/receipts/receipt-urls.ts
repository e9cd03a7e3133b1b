import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Payment } from '../payments/payment.entity.js';
import { isPaid } from '../payments/payment.rules.js';

/** Where receipts are, below the origin of whoever serves them. */
export const RECEIPTS_PATH = '/payments/receipts';

/** Languages that receipts are written in. */
export const receiptLocales = ['en', 'ru'] as const;
/** @see receiptLocales */
export type ReceiptLocale = (typeof receiptLocales)[number];

/** What one address allows, and until when (in seconds since 1970). */
export interface ReceiptGrant {
  paymentId: string;
  locale: ReceiptLocale;
  expires: number;
}

const GOOD_FOR_SECONDS = 15 * 60;

/** Addresses of receipts: signed, so that one is all that somebody needs, and good for some minutes. */
export class ReceiptUrls {
  private readonly key: Uint8Array;

  /** @param origin where clients reach this room's routes; asked whenever an address is made */
  constructor(
    secretKey: string,
    private readonly origin: () => string,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', 'tutorgraph receipt urls', 32));
  }

  /** The address of a payment's receipt; null before it is paid. */
  of({ id: paymentId, status }: Pick<Payment, 'id' | 'status'>, language: string, now: Date): string | null {
    if (!isPaid(status)) return null;
    const locale = receiptLocales.find((known) => known === language) ?? 'en';
    const grant = { paymentId, locale, expires: Math.floor(now.getTime() / 1000) + GOOD_FOR_SECONDS };
    const query = new URLSearchParams({
      lang: locale,
      expires: String(grant.expires),
      signature: this.digest(grant).toString('base64url'),
    });
    return `${this.origin()}${RECEIPTS_PATH}/${paymentId}?${query}`;
  }

  /** Is this the grant's signature, and is it still good? */
  allows(grant: ReceiptGrant, signature: string, now: Date): boolean {
    const [given, right] = [Buffer.from(signature, 'base64url'), this.digest(grant)];
    return given.length === right.length && timingSafeEqual(given, right) && now.getTime() < grant.expires * 1000;
  }

  private digest({ paymentId, locale, expires }: ReceiptGrant): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([paymentId, locale, expires]))
      .digest();
  }
}

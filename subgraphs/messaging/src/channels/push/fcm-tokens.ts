import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { unavailable } from '../delivery-error.js';
import { post } from '../http-call.js';
import { ProviderFailure, plainCode } from '../provider-failure.js';

/** A service account of Google, and where it signs in. */
export interface ServiceAccount {
  email: string;
  /** PEM. */
  privateKey: string;
  /** Where access tokens are issued. @default https://oauth2.googleapis.com/token */
  tokenUrl?: string | undefined;
  /** Milliseconds for each request. @default 10000 */
  budgetMs?: number | undefined;
}

const OWN_TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const RENEW_BEFORE_MS = 5 * 60_000;

const issued = z.object({ access_token: z.string(), expires_in: z.number().positive() });
const refusal = z.object({ error: z.string() });

/** Access tokens of a service account (RFC 7523); one is used until shortly before it ends, and asked for once at a time. */
export class FcmTokens {
  private held: { token: string; renewAt: number } | undefined;
  private asking: Promise<string> | undefined;

  constructor(private readonly account: ServiceAccount) {}

  /** @throws DeliveryError DELIVERY_UNAVAILABLE */
  async get(): Promise<string> {
    if (this.held && this.held.renewAt > Date.now()) return this.held.token;
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Forgets a token that is not accepted any longer. */
  drop(token: string): void {
    if (this.held?.token === token) this.held = undefined;
  }

  private async ask(): Promise<string> {
    const { email, privateKey, tokenUrl = OWN_TOKEN_URL, budgetMs } = this.account;
    const assertion = await new SignJWT({ scope: SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(email)
      .setAudience(OWN_TOKEN_URL)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(await importPKCS8(privateKey, 'RS256'));
    const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const { status, body: answer, retryAfterSeconds } = await post('Google', { url: tokenUrl, body, budgetMs });
    const found = status === 200 ? issued.safeParse(answer).data : undefined;
    if (!found) {
      const cause = new ProviderFailure(status, plainCode(refusal.safeParse(answer).data?.error));
      const isOurs = status >= 400 && status < 500 && status !== 429;
      throw unavailable(
        isOurs
          ? 'Google does not accept our service account; correct FCM_SERVICE_ACCOUNT_EMAIL and FCM_SERVICE_ACCOUNT_KEY'
          : 'Google gives no access token now; it can be tried again',
        { cause, retryAfterSeconds },
      );
    }
    this.held = { token: found.access_token, renewAt: Date.now() + found.expires_in * 1000 - RENEW_BEFORE_MS };
    return found.access_token;
  }
}

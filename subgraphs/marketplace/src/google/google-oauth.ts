import { type CallLimits, callOutside } from '@tutorgraph/kit/outside/outside-call';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { OAuth2Client } from 'google-auth-library';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { type GoogleAddresses, GoogleClient, googleTransport, readGoogleFailure } from './google-client.js';

/** Our OAuth client at Google. */
export interface OAuthClientKeys {
  clientId: string;
  clientSecret: string;
  /** Where Google sends people back to; registered there as well. */
  redirectUri: string;
}

/** What somebody has given by their consent. */
export interface GoogleGrant {
  refreshToken: string;
  /** The Google account, by an id that never changes. */
  account: string;
  /** Its address, by which the person knows it. */
  email: string;
}

const SERVICE = 'Google';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
/** Events of calendars that are the person's own: the least by which lessons can be written, and tell from others. */
const EVENTS_SCOPE = 'https://www.googleapis.com/auth/calendar.events.owned';
/** Less was allowed than we need. */
const INCOMPLETE_CONSENT = 'incompleteConsent';

const claims = z.object({ sub: z.string().min(1), email: z.string().min(1), aud: z.string() });

/** People's consent to the use of their own Google calendars. */
export class GoogleOAuth {
  constructor(
    private readonly keys: OAuthClientKeys,
    private readonly addresses: GoogleAddresses,
    private readonly limits: CallLimits = {},
  ) {}

  /** Where Google asks for consent. @param challenge S256 of the verifier that `exchange` gets (RFC 7636) */
  consentAddress(state: string, challenge: string): string {
    const address = new URL('https://accounts.google.com/o/oauth2/v2/auth');
    address.search = new URLSearchParams({
      client_id: this.keys.clientId,
      redirect_uri: this.keys.redirectUri,
      response_type: 'code',
      scope: `openid email ${EVENTS_SCOPE}`,
      // A refresh token comes only so, and again only when consent is asked for again.
      access_type: 'offline',
      prompt: 'consent',
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }).toString();
    return address.href;
  }

  /**
   * What a code stands for that consent gave; it can be asked once.
   *
   * @throws OutsideError with the detail `invalid_grant` for a code that is none any longer, `incompleteConsent` when less
   * was allowed than asked for
   */
  async exchange(code: string, codeVerifier: string): Promise<GoogleGrant> {
    const tokens = await this.call(async (auth) => (await auth.getToken({ code, codeVerifier })).tokens, {
      // A code is good for one try: whether a lost answer used it cannot be known.
      maxAttempts: 1,
    });
    const { refresh_token: refreshToken, id_token: idToken, scope } = tokens;
    if (!refreshToken || !idToken || !scope?.split(' ').includes(EVENTS_SCOPE)) {
      throw new OutsideError(SERVICE, 'REFUSED', { detail: INCOMPLETE_CONSENT });
    }
    // It came from Google itself over TLS, so that its signature tells no more (OpenID Connect Core, 3.1.3.7).
    const { sub: account, email, aud } = claims.parse(decodeJwt(idToken));
    if (aud !== this.keys.clientId) throw new OutsideError(SERVICE, 'REFUSED', { detail: 'audience' });
    return { refreshToken, account, email };
  }

  /** The Calendar API on behalf of a person. */
  person(refreshToken: string): GoogleClient {
    const auth = this.open();
    auth.setCredentials({ refresh_token: refreshToken });
    return new GoogleClient(auth, this.addresses, this.limits);
  }

  /** Gives a consent back; one that is no more is fine. @throws OutsideError */
  async revoke(refreshToken: string): Promise<void> {
    try {
      await this.call((auth) => auth.revokeToken(refreshToken));
    } catch (error) {
      if (!(error instanceof OutsideError) || error.isTemporary) throw error;
    }
  }

  private call<Result>(ask: (auth: OAuth2Client) => Promise<Result>, limits: CallLimits = {}): Promise<Result> {
    const perform = () =>
      ask(this.open()).catch((error) => {
        throw readGoogleFailure(error);
      });
    return callOutside(SERVICE, perform, { ...this.limits, ...limits });
  }

  private open(): OAuth2Client {
    const { tokenUrl = TOKEN_URL } = this.addresses;
    return new OAuth2Client({
      ...this.keys,
      endpoints: { oauth2TokenUrl: tokenUrl, oauth2RevokeUrl: new URL('revoke', tokenUrl).href },
      transporter: googleTransport(this.addresses),
    });
  }
}

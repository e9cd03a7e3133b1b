import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { type GoogleAnswer, tokenError } from './google-answers.js';

/** A service account with its key, as an administrator downloads it. */
export interface IssuedServiceAccount {
  email: string;
  /** PEM, PKCS #8. */
  privateKey: string;
}

/** An OAuth client, as an administrator registers it. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

interface Grant {
  user: string;
  scope: string;
  clientId: string;
}

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const AUDIENCE = 'https://oauth2.googleapis.com/token';
const LIVES_MS = 3_599_000;

/** Google's accounts: service accounts that may act for users, OAuth clients that users have let in, and their tokens. */
export class GoogleAccounts {
  private readonly serviceAccounts = new Map<string, { key: KeyObject; users: Set<string> }>();
  private readonly clients = new Map<string, OAuthClient>();
  private readonly codes = new Map<string, Grant & { redirectUri: string; challenge?: string | undefined }>();
  private readonly refreshTokens = new Map<string, Grant>();
  private readonly accessTokens = new Map<string, Grant & { expiresAt: number }>();

  /** Adds a service account that may act for these users. */
  addServiceAccount(users: readonly string[]): IssuedServiceAccount {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const email = `robot-${this.serviceAccounts.size + 1}@project.iam.gserviceaccount.com`;
    this.serviceAccounts.set(email, { key: publicKey, users: new Set(users) });
    return { email, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  }

  /** Registers an OAuth client. */
  addClient(redirectUri: string): OAuthClient {
    const client = { clientId: `${random()}.apps.googleusercontent.com`, clientSecret: random(), redirectUri };
    this.clients.set(client.clientId, client);
    return client;
  }

  /** What a user's consent leads to: the code with which Google sends the browser back. @param address of the consent page @param withheld a scope that the user does not allow */
  consent(user: string, address: URL, withheld = ''): string {
    const asked = address.searchParams;
    const clientId = asked.get('client_id') ?? '';
    const client = this.clients.get(clientId);
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (client?.redirectUri !== redirectUri || asked.get('response_type') !== 'code') {
      throw new Error('Error 400: redirect_uri_mismatch');
    }
    const code = `4/${random()}`;
    const challenge = asked.get('code_challenge') ?? undefined;
    const scope = (asked.get('scope') ?? '').split(' ').filter((one) => one !== withheld);
    this.codes.set(code, { user, clientId, scope: scope.join(' '), redirectUri, challenge });
    return code;
  }

  /** The user takes back what they had allowed: in their account, or by our asking. @returns whether there was anything */
  revoke(userOrToken: string): boolean {
    const user = this.refreshTokens.get(userOrToken)?.user ?? this.accessTokens.get(userOrToken)?.user ?? userOrToken;
    let found = false;
    for (const tokens of [this.refreshTokens, this.accessTokens]) {
      for (const [token, grant] of tokens) if (grant.user === user) found = tokens.delete(token) || found;
    }
    return found;
  }

  /** All access tokens given out so far end now. */
  expireAccessTokens(): void {
    this.accessTokens.clear();
  }

  /** Whose token it is; undefined when it is none, or none any longer. */
  userOf(authorization: string | undefined): { user: string; scope: string } | undefined {
    const grant = this.accessTokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    return grant && grant.expiresAt > Date.now() ? grant : undefined;
  }

  /** The token endpoint. */
  async token(form: URLSearchParams): Promise<GoogleAnswer> {
    const type = form.get('grant_type');
    if (type === JWT_GRANT) return this.byAssertion(form.get('assertion') ?? '');
    const client = this.clients.get(form.get('client_id') ?? '');
    if (!client) return tokenError(401, 'invalid_client', 'The OAuth client was not found.');
    if (form.get('client_secret') !== client.clientSecret) return tokenError(401, 'invalid_client', 'Unauthorized');
    if (type === 'authorization_code') return this.byCode(form, client);
    if (type === 'refresh_token') return this.byRefreshToken(form, client);
    return tokenError(400, 'unsupported_grant_type', `Invalid grant_type: ${type}`);
  }

  private async byAssertion(assertion: string): Promise<GoogleAnswer> {
    const [, claims = ''] = assertion.split('.');
    const { iss } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}');
    const account = this.serviceAccounts.get(iss);
    if (!account) return tokenError(400, 'invalid_grant', 'Invalid grant: account not found');
    try {
      const options = { audience: AUDIENCE, algorithms: ['RS256'], maxTokenAge: '1h' };
      const { payload } = await jwtVerify(assertion, account.key, options);
      const { sub = iss, scope, exp = 0, iat = 0 } = payload;
      if (exp - iat > 3_600) return tokenError(400, 'invalid_grant', 'Invalid JWT: Token must be a short-lived token');
      if (typeof scope !== 'string' || !scope) return tokenError(400, 'invalid_scope', 'Invalid OAuth scope.');
      if (sub !== iss && !account.users.has(sub)) return tokenError(401, 'unauthorized_client', NOT_DELEGATED);
      return this.issue({ user: sub, scope, clientId: iss });
    } catch {
      return tokenError(400, 'invalid_grant', 'Invalid JWT Signature.');
    }
  }

  private byCode(form: URLSearchParams, client: OAuthClient): GoogleAnswer | Promise<GoogleAnswer> {
    const code = form.get('code') ?? '';
    const grant = this.codes.get(code);
    this.codes.delete(code);
    if (grant?.clientId !== client.clientId) return tokenError(400, 'invalid_grant', 'Malformed auth code.');
    if (grant.redirectUri !== form.get('redirect_uri')) return tokenError(400, 'redirect_uri_mismatch', 'Bad Request');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant.challenge && grant.challenge !== verifier) {
      return tokenError(400, 'invalid_grant', 'Invalid code verifier.');
    }
    const refreshToken = `1//${random()}`;
    const { user, scope, clientId } = grant;
    this.refreshTokens.set(refreshToken, { user, scope, clientId });
    return this.issue(grant, { refresh_token: refreshToken });
  }

  private byRefreshToken(form: URLSearchParams, client: OAuthClient): GoogleAnswer | Promise<GoogleAnswer> {
    const grant = this.refreshTokens.get(form.get('refresh_token') ?? '');
    if (grant?.clientId !== client.clientId) {
      return tokenError(400, 'invalid_grant', 'Token has been expired or revoked.');
    }
    return this.issue(grant);
  }

  private async issue({ user, scope, clientId }: Grant, more: object = {}): Promise<GoogleAnswer> {
    const access_token = `ya29.${random()}`;
    this.accessTokens.set(access_token, { user, scope, clientId, expiresAt: Date.now() + LIVES_MS });
    const body = { access_token, expires_in: 3_599, scope, token_type: 'Bearer', ...more };
    if (!scope.split(' ').includes('openid')) return { status: 200, body };
    const idToken = new SignJWT({ email: user, email_verified: true })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('https://accounts.google.com')
      .setAudience(clientId)
      .setSubject(createHash('sha256').update(user).digest('hex').replaceAll(/\D/g, '').slice(0, 21))
      .setIssuedAt()
      .setExpirationTime('1h');
    return { status: 200, body: { ...body, id_token: await idToken.sign(randomBytes(32)) } };
  }
}

const NOT_DELEGATED =
  'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.';

function random(): string {
  return randomBytes(16).toString('base64url');
}

import { decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { unauthenticated } from '../graphql/errors.js';
import type { AccessTokenVerifier } from './access-token.js';
import type { Rights } from './rights.js';
import { SERVICE_TOKEN_TYPE, verifyServiceToken } from './service-token.js';
import { anonymous, type Viewer } from './viewer.js';

/** Tells who asks from an `Authorization` header; trusts nothing that is not signed. */
export class Authenticator {
  /**
   * @param audience this process's name: the only audience of service tokens that it accepts
   * @param servicePublicKeys public keys of every service of ours
   */
  constructor(
    private readonly audience: string,
    private readonly accessTokens: AccessTokenVerifier,
    private readonly servicePublicKeys: JSONWebKeySet,
    readonly rights: Rights,
  ) {}

  /** @throws UNAUTHENTICATED when there is a token and it proves nothing, or its session was ended */
  async authenticate(authorization: string | undefined): Promise<Viewer> {
    if (!authorization) return anonymous;
    const [scheme, token] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) {
      throw unauthenticated('Authorization must read "Bearer <access token>"');
    }
    if (typeOf(token) === SERVICE_TOKEN_TYPE) return verifyServiceToken(token, this.audience, this.servicePublicKeys);
    return this.rights.current(await this.accessTokens.verify(token));
  }
}

function typeOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).typ;
  } catch (cause) {
    throw unauthenticated('The token is malformed', cause);
  }
}

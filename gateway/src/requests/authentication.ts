import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import type { UserViewer } from '@tutorgraph/kit/viewer/viewer';

/** Proves an access token. @throws UNAUTHENTICATED */
export type VerifyToken = (token: string) => Promise<UserViewer>;

/** Who asks, as far as the gateway knows. */
export interface Identity {
  /** The header as it came; passed on to subgraphs, which verify it again. */
  authorization: string | undefined;
  /** The person behind it; undefined when nobody signed in or nothing here verifies tokens. */
  viewer: UserViewer | undefined;
}

/**
 * Reads an `Authorization` value. Without a verifier it is passed on unread.
 *
 * @throws UNAUTHENTICATED when it proves nothing
 */
export async function identify(authorization: string | undefined, verify: VerifyToken | undefined): Promise<Identity> {
  if (!authorization || !verify) return { authorization, viewer: undefined };
  const [scheme, token] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw unauthenticated('Authorization must read "Bearer <access token>"');
  }
  return { authorization, viewer: await verify(token) };
}

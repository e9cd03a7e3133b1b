import { newId } from '@tutorgraph/kit/database/id';
import { ACCESS_TOKEN, createAccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const key = { ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' };

/** Verifies what {@link signToken} signs, as accounts' tokens are verified. */
export const verifier = createAccessTokenVerifier(async () => ({ keys: [key] }));

/** An access token as an `Authorization` value. */
export async function signToken(options: {
  sessionId: string;
  userId?: string;
  seconds?: number;
  role?: string;
  language?: string;
}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT({
    sid: options.sessionId,
    role: options.role ?? 'STUDENT',
    loc: options.language ?? 'en',
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: ACCESS_TOKEN.type, kid: 'test' })
    .setIssuer(ACCESS_TOKEN.issuer)
    .setAudience(ACCESS_TOKEN.audience)
    .setSubject(options.userId ?? newId())
    .setJti(newId())
    .setIssuedAt(now)
    .setExpirationTime(now + (options.seconds ?? 900))
    .sign(pair.privateKey);
  return `Bearer ${token}`;
}

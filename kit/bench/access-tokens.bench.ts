import type { Compare } from '@tutorgraph/kit/bench/compare';
import { p99Within } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { TestIssuer } from '@tutorgraph/kit/testing/people';
import { ACCESS_TOKEN, createAccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import { createLocalJWKSet, jwtVerify } from 'jose';

const COLD_TOKENS = 6_000;

/** Every request of every process begins with this. */
export async function bench(compare: Compare): Promise<void> {
  const issuer = await TestIssuer.create();
  const verifier = createAccessTokenVerifier(async () => issuer.publicKeys);
  const keys = createLocalJWKSet(issuer.publicKeys);
  const options = {
    algorithms: ['EdDSA'],
    issuer: ACCESS_TOKEN.issuer,
    audience: ACCESS_TOKEN.audience,
    typ: ACCESS_TOKEN.type,
  };
  const token = await sign(issuer);
  await compare({
    name: 'verify an access token seen before',
    load: repeat(() => verifier.verify(token)),
    peer: { name: "jose's jwtVerify alone", load: repeat(() => jwtVerify(token, keys, options)) },
    goal: p99Within(0.2),
  });
  const tokens = await Promise.all(Array.from({ length: COLD_TOKENS }, () => sign(issuer)));
  await compare({
    name: 'verify an access token at first sight',
    load: repeat((index) => verifier.verify(tokens[index] ?? '')),
    peer: { name: "jose's jwtVerify alone", load: repeat((index) => jwtVerify(tokens[index] ?? '', keys, options)) },
    goal: p99Within(2),
    mostCalls: COLD_TOKENS,
  });
}

async function sign(issuer: TestIssuer): Promise<string> {
  const { authorization } = await issuer.signIn('STUDENT');
  return authorization.slice('Bearer '.length);
}

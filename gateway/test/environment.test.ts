import { generateKeyPairSync } from 'node:crypto';
import { EnvironmentError } from '@tutorgraph/kit/environment/environment';
import { describe, expect, test } from 'vitest';
import { readGatewayEnvironment } from '../src/environment.js';
import { defaultLimits } from '../src/settings.js';
import { readSingleProcessEnvironment } from '../src/single-process/environment.js';

const production = {
  NODE_ENV: 'production',
  JWKS_URL: 'http://accounts:4001/.well-known/jwks.json',
  ALLOWED_ORIGINS: 'https://app.example.com,https://admin.example.com',
};

describe('the gateway’s settings', () => {
  test('need nothing in development, where introspection and playground are on', () => {
    const environment = readGatewayEnvironment({});
    expect(environment).toMatchObject({ port: 4000, host: '127.0.0.1', production: false, jwksUrl: undefined });
    expect(environment.settings).toMatchObject({
      introspection: true,
      playground: true,
      allowedOrigins: [],
      limits: defaultLimits,
    });
  });

  test('have introspection and playground off in production unless switched on', () => {
    expect(readGatewayEnvironment(production).settings).toMatchObject({
      introspection: false,
      playground: false,
      allowedOrigins: ['https://app.example.com', 'https://admin.example.com'],
    });
    expect(readGatewayEnvironment({ ...production, INTROSPECTION: 'true', PLAYGROUND: 'on' }).settings).toMatchObject({
      introspection: true,
      playground: true,
    });
  });

  test('refuse to start production with any web page let in or no token verified', () => {
    expect(() => readGatewayEnvironment({ ...production, ALLOWED_ORIGINS: '*' })).toThrow(/ALLOWED_ORIGINS/);
    expect(() => readGatewayEnvironment({ ...production, JWKS_URL: '' })).toThrow(/JWKS_URL/);
    expect(readGatewayEnvironment({ ALLOWED_ORIGINS: '*' }).settings.allowedOrigins).toEqual(['*']);
  });

  test('let production pass tokens on for a supergraph that is not ours', () => {
    const foreign = { ...production, JWKS_URL: '', SUPERGRAPH_PATH: '/graphs/theirs.graphql' };
    expect(readGatewayEnvironment(foreign)).toMatchObject({
      jwksUrl: undefined,
      supergraph: { path: '/graphs/theirs.graphql' },
    });
  });

  test('take the supergraph from one place, in production over a line that nobody can change it on', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const read = (settings: Record<string, string>) =>
      readGatewayEnvironment({ ...production, ...settings }).supergraph;
    const open = 'http://cdn.example.com/supergraph';
    expect(read({ SUPERGRAPH_URL: 'https://cdn.example.com/supergraph' })).toMatchObject({ everyMs: 10_000 });
    expect(() => read({ SUPERGRAPH_URL: open })).toThrow(/SUPERGRAPH_URL.*SUPERGRAPH_PUBLIC_KEY/);
    expect(read({ SUPERGRAPH_URL: open, SUPERGRAPH_PUBLIC_KEY: key })).toMatchObject({ url: open, publicKey: key });
    expect(() => read({ SUPERGRAPH_URL: open, SUPERGRAPH_PUBLIC_KEY: 'abc' })).toThrow(/SUPERGRAPH_PUBLIC_KEY: /);
    expect(() => read({ SUPERGRAPH_URL: 'https://a.example', SUPERGRAPH_PATH: '/b' })).toThrow(/one of the two/);
  });

  test('name every problem at once', () => {
    const wrong = {
      PORT: 'many',
      MAX_DEPTH: '0',
      ORDERS_SUBGRAPH_URL: 'ftp://x',
      ALLOWED_ORIGINS: 'app.example.com/path',
      SERVICE_PRIVATE_KEY: '{',
    };
    const read = () => readGatewayEnvironment(wrong);
    expect(read).toThrow(EnvironmentError);
    for (const key of Object.keys(wrong)) expect(read).toThrow(new RegExp(`${key}[.\\d]*: `));
  });

  test('read replicas by subgraph, limits and trusted proxies', () => {
    const environment = readGatewayEnvironment({
      ORDERS_SUBGRAPH_URL: 'http://a:1/graphql, http://b:2/graphql',
      MAX_DEPTH: '5',
      TRUST_PROXY: '10.0.0.0/8,loopback',
    });
    expect(environment.subgraphUrls).toEqual(new Map([['ORDERS', ['http://a:1/graphql', 'http://b:2/graphql']]]));
    expect(environment.settings.limits).toEqual({ ...defaultLimits, depth: 5 });
    expect(environment.settings.trustedProxies).toEqual(['10.0.0.0/8', 'loopback']);
    expect(readGatewayEnvironment({ TRUST_PROXY: 'true' }).settings.trustedProxies).toBe(true);
  });
});

describe('the settings of a single process', () => {
  const hasStripe = (settings: Record<string, string>) => readSingleProcessEnvironment(settings).hasStripe;

  test('bring a Stripe emulator where no Stripe is set, and never in production', () => {
    expect(hasStripe({})).toBe(false);
    expect(hasStripe({ STRIPE_SECRET_KEY: '' })).toBe(false);
    expect(hasStripe({ STRIPE_SECRET_KEY: 'sk_test_of_somebody' })).toBe(true);
    expect(hasStripe(production)).toBe(true);
  });
});

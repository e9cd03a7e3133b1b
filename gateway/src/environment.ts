import { commonSettings, flag, port, processSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import type { ServiceIdentity } from '@tutorgraph/kit/viewer/service-token';
import { z } from 'zod';
import { defaultLimits, type GatewaySettings, type Limits } from './settings.js';

/** Everything that the gateway reads from the environment. */
export interface GatewayEnvironment {
  host: string;
  port: number;
  production: boolean;
  logLevel: string;
  sentryDsn: string | undefined;
  /** A supergraph file; without it the project's own. */
  supergraphPath: string | undefined;
  /** Addresses of subgraphs' replicas by the name in the key: `ACCOUNTS_SUBGRAPH_URL` is of `ACCOUNTS`. */
  subgraphUrls: ReadonlyMap<string, readonly string[]>;
  /** Where the public keys of access tokens are. */
  jwksUrl: string | undefined;
  /** Carries the events by which rights change and sessions end. */
  redisUrl: string | undefined;
  /** The gateway's own key, by which subgraphs know it. */
  servicePrivateKey: ServiceIdentity['privateKey'] | undefined;
  answerTimeoutMs: number;
  settings: GatewaySettings;
}

const SUBGRAPH_URL = /^([A-Z][A-Z0-9_]*)_SUBGRAPH_URL$/;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
const urls = list.pipe(z.array(z.url({ protocol: /^https?$/ })).min(1));
const origin = z.string().refine((text) => text === '*' || (URL.canParse(text) && new URL(text).origin === text), {
  message: 'must be origins such as https://app.example.com, separated by commas',
});
const positive = z.coerce.number().int().min(1);

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});
const jwk = json.pipe(z.looseObject({ kty: z.string(), d: z.string() }));

/**
 * Reads the gateway's settings.
 *
 * @throws EnvironmentError that names every problem, unsafe settings in production among them
 */
export function readGatewayEnvironment(source = processSettings()): GatewayEnvironment {
  const production = source.NODE_ENV === 'production';
  const subgraphKeys = Object.keys(source).filter((key) => SUBGRAPH_URL.test(key));
  const read = readEnvironment(
    {
      ...Object.fromEntries(subgraphKeys.map((key) => [key, urls.optional()])),
      ...shape(production, Boolean(source.SUPERGRAPH_PATH)),
    },
    source,
  );
  const addresses = subgraphKeys.flatMap((key) => {
    const replicas: unknown = Reflect.get(read, key);
    return Array.isArray(replicas) ? [[SUBGRAPH_URL.exec(key)?.[1] ?? key, replicas.map(String)] as const] : [];
  });
  return {
    host: read.HOST,
    port: read.PORT,
    production,
    logLevel: read.LOG_LEVEL,
    sentryDsn: read.SENTRY_DSN,
    supergraphPath: read.SUPERGRAPH_PATH,
    subgraphUrls: new Map(addresses),
    jwksUrl: read.JWKS_URL,
    redisUrl: read.REDIS_URL,
    servicePrivateKey: read.SERVICE_PRIVATE_KEY,
    answerTimeoutMs: read.SUBGRAPH_TIMEOUT_MS,
    settings: {
      introspection: read.INTROSPECTION,
      playground: read.PLAYGROUND,
      allowedOrigins: read.ALLOWED_ORIGINS,
      trustedProxies: read.TRUST_PROXY,
      limits: limitsOf(read),
      subscriptionBuffer: read.SUBSCRIPTION_BUFFER,
    },
  };
}

/** In production nothing is open that was not opened on purpose, and no page of just any origin may use the API. */
function shape(production: boolean, hasOwnSupergraph: boolean) {
  const origins = list.pipe(z.array(origin));
  const closedOrigins = origins.refine((values) => !values.includes('*'), {
    message: 'must name the origins of your web clients in production; * lets any web page use the API',
  });
  const verified = z.url({
    error: 'must be the address of the accounts service’s JWKS; without it no token is verified',
  });
  return {
    ...commonSettings,
    PORT: port.default(4000),
    SUPERGRAPH_PATH: z.string().optional(),
    JWKS_URL: production && !hasOwnSupergraph ? verified : z.url().optional(),
    SERVICE_PRIVATE_KEY: jwk.optional(),
    ALLOWED_ORIGINS: (production ? closedOrigins : origins).default([]),
    INTROSPECTION: flag.default(!production),
    PLAYGROUND: flag.default(!production),
    TRUST_PROXY: z.union([flag, list]).default(false),
    ...limitShape,
    SUBSCRIPTION_BUFFER: positive.default(1_000),
    SUBGRAPH_TIMEOUT_MS: positive.default(15_000),
  };
}

const limitShape = {
  MAX_DEPTH: positive.default(defaultLimits.depth),
  MAX_ALIASES: positive.default(defaultLimits.aliases),
  MAX_ROOT_FIELDS: positive.default(defaultLimits.rootFields),
  MAX_TOKENS: positive.default(defaultLimits.tokens),
  MAX_BATCH: positive.default(defaultLimits.batch),
  MAX_BODY_BYTES: positive.default(defaultLimits.bodyBytes),
  MAX_OPERATIONS_PER_SOCKET: positive.default(defaultLimits.operationsPerSocket),
};

function limitsOf(read: Record<keyof typeof limitShape, number>): Limits {
  return {
    depth: read.MAX_DEPTH,
    aliases: read.MAX_ALIASES,
    rootFields: read.MAX_ROOT_FIELDS,
    tokens: read.MAX_TOKENS,
    batch: read.MAX_BATCH,
    bodyBytes: read.MAX_BODY_BYTES,
    operationsPerSocket: read.MAX_OPERATIONS_PER_SOCKET,
  };
}

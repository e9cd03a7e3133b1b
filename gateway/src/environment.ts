import { commonSettings, flag, port, processSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import type { ServiceIdentity } from '@tutorgraph/kit/viewer/service-token';
import { z } from 'zod';
import {
  DEFAULT_PERSISTED_QUERY_BYTES,
  DEFAULT_SUBSCRIPTION_BUFFER_BYTES,
  defaultLimits,
  defaultRates,
  type GatewaySettings,
  type Limits,
} from './settings.js';
import type { SupergraphSettings } from './supergraph/open-reload.js';
import { readPublicKey } from './supergraph/supergraph-signature.js';
import type { RemoteTransportOptions } from './transports/remote-transport.js';

/** Everything that the gateway reads from the environment. */
export interface GatewayEnvironment {
  host: string;
  port: number;
  production: boolean;
  logLevel: string;
  sentryDsn: string | undefined;
  supergraph: SupergraphSettings;
  /** Addresses of subgraphs' replicas by the name in the key: `ACCOUNTS_SUBGRAPH_URL` is of `ACCOUNTS`. */
  subgraphUrls: ReadonlyMap<string, readonly string[]>;
  /** Where the public keys of access tokens are. */
  jwksUrl: string | undefined;
  /** Carries the events by which rights change and sessions end. */
  redisUrl: string | undefined;
  /** The gateway's own key, by which subgraphs know it. */
  servicePrivateKey: ServiceIdentity['privateKey'] | undefined;
  /** Lists of documents that clients use; without any the project's own. */
  trustedDocumentsPaths: readonly string[];
  /** How subgraphs that run elsewhere are asked. */
  fetching: Pick<RemoteTransportOptions, 'answerTimeoutMs' | 'fetches' | 'waitingFetches'>;
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
/** Kit ends a process 30 seconds after it was told to stop; what else it closes needs time as well. */
const LONGEST_DRAIN_MS = 20_000;
const positive = z.coerce.number().int().min(1);
const count = z.coerce.number().int().min(0);

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
      ...shape(production, Boolean(source.SUPERGRAPH_PATH || source.SUPERGRAPH_URL)),
      ...supergraphShape(source),
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
    supergraph: {
      path: read.SUPERGRAPH_PATH,
      url: read.SUPERGRAPH_URL,
      publicKey: read.SUPERGRAPH_PUBLIC_KEY,
      everyMs: read.SUPERGRAPH_POLL_MS,
      timeoutMs: read.SUPERGRAPH_TIMEOUT_MS,
      maxBytes: read.SUPERGRAPH_MAX_BYTES,
    },
    subgraphUrls: new Map(addresses),
    jwksUrl: read.JWKS_URL,
    redisUrl: read.REDIS_URL,
    servicePrivateKey: read.SERVICE_PRIVATE_KEY,
    trustedDocumentsPaths: read.TRUSTED_DOCUMENTS_PATH,
    fetching: {
      answerTimeoutMs: read.SUBGRAPH_TIMEOUT_MS,
      fetches: read.MAX_SUBGRAPH_FETCHES,
      waitingFetches: read.MAX_WAITING_FETCHES,
    },
    settings: {
      introspection: read.INTROSPECTION,
      playground: read.PLAYGROUND,
      allowedOrigins: read.ALLOWED_ORIGINS,
      trustedProxies: read.TRUST_PROXY,
      limits: limitsOf(read),
      rates: { viewer: read.RATE_COST_PER_VIEWER, network: read.RATE_COST_PER_NETWORK },
      trustedDocuments: read.TRUSTED_DOCUMENTS,
      persistedQueryBytes: read.PERSISTED_QUERY_BYTES,
      shareInFlight: read.SHARE_IN_FLIGHT,
      subscriptionBuffer: read.SUBSCRIPTION_BUFFER,
      subscriptionBufferBytes: read.SUBSCRIPTION_BUFFER_BYTES,
      slowOperationMs: read.SLOW_OPERATION_MS,
      drainMs: read.DRAIN_MS,
      pingEveryMs: read.PING_EVERY_MS,
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
    JWKS_URL: production && !hasOwnSupergraph ? verified : z.url().optional(),
    SERVICE_PRIVATE_KEY: jwk.optional(),
    ALLOWED_ORIGINS: (production ? closedOrigins : origins).default([]),
    INTROSPECTION: flag.default(!production),
    PLAYGROUND: flag.default(!production),
    TRUST_PROXY: z.union([flag, list]).default(false),
    ...limitShape,
    RATE_COST_PER_VIEWER: count.default(defaultRates.viewer),
    RATE_COST_PER_NETWORK: count.default(defaultRates.network),
    TRUSTED_DOCUMENTS: z.enum(['off', 'log', 'prefer', 'require']).default('off'),
    TRUSTED_DOCUMENTS_PATH: list.default([]),
    PERSISTED_QUERY_BYTES: count.default(DEFAULT_PERSISTED_QUERY_BYTES),
    SHARE_IN_FLIGHT: flag.default(false),
    SUBSCRIPTION_BUFFER: positive.default(1_000),
    SUBSCRIPTION_BUFFER_BYTES: positive.default(DEFAULT_SUBSCRIPTION_BUFFER_BYTES),
    SLOW_OPERATION_MS: positive.default(1_000),
    PING_EVERY_MS: positive.default(12_000),
    DRAIN_MS: z.coerce.number().int().min(0).max(LONGEST_DRAIN_MS).default(10_000),
    SUBGRAPH_TIMEOUT_MS: positive.default(15_000),
    MAX_SUBGRAPH_FETCHES: positive.default(128),
    MAX_WAITING_FETCHES: positive.default(512),
  };
}

/** One source; in production what comes over an open line is signed. */
function supergraphShape(source: Record<string, string | undefined>) {
  const isBare = source.NODE_ENV === 'production' && !source.SUPERGRAPH_PUBLIC_KEY;
  const url = z
    .url({
      protocol: isBare ? /^https$/ : /^https?$/,
      error: 'must be an https address, or http with SUPERGRAPH_PUBLIC_KEY',
    })
    .refine(() => !source.SUPERGRAPH_PATH, { message: 'or SUPERGRAPH_PATH: one of the two' });
  const key = z
    .string()
    .refine(isPublicKey, { message: 'must be an Ed25519 public key, PEM or the base64 text in it' });
  return {
    SUPERGRAPH_PATH: z.string().optional(),
    SUPERGRAPH_URL: url.optional(),
    SUPERGRAPH_PUBLIC_KEY: key.optional(),
    SUPERGRAPH_POLL_MS: positive.default(10_000),
    SUPERGRAPH_TIMEOUT_MS: positive.default(10_000),
    SUPERGRAPH_MAX_BYTES: positive.default(20_000_000),
  };
}

function isPublicKey(text: string): boolean {
  try {
    readPublicKey(text);
    return true;
  } catch {
    return false;
  }
}

const limitShape = {
  MAX_DEPTH: positive.default(defaultLimits.depth),
  MAX_ALIASES: positive.default(defaultLimits.aliases),
  MAX_ROOT_FIELDS: positive.default(defaultLimits.rootFields),
  MAX_DIRECTIVES: positive.default(defaultLimits.directives),
  MAX_COST: positive.default(defaultLimits.cost),
  MAX_TOKENS: positive.default(defaultLimits.tokens),
  MAX_BATCH: positive.default(defaultLimits.batch),
  MAX_BODY_BYTES: positive.default(defaultLimits.bodyBytes),
  MAX_HEADER_BYTES: positive.default(defaultLimits.headerBytes),
  MAX_RESPONSE_BYTES: positive.default(defaultLimits.responseBytes),
  MAX_OPERATIONS_PER_SOCKET: positive.default(defaultLimits.operationsPerSocket),
  REQUEST_TIMEOUT_MS: positive.default(defaultLimits.requestTimeoutMs),
  MAX_CONCURRENT_OPERATIONS: positive.default(defaultLimits.operations),
  MAX_EVENT_LOOP_DELAY_MS: positive.default(defaultLimits.loopDelayMs),
  MAX_CONNECTIONS: positive.default(defaultLimits.connections),
  MAX_CONNECTIONS_PER_NETWORK: positive.default(defaultLimits.connectionsPerNetwork),
  MAX_CONNECTIONS_PER_VIEWER: positive.default(defaultLimits.connectionsPerViewer),
  MAX_SUBSCRIPTIONS: positive.default(defaultLimits.subscriptions),
  MAX_SUBSCRIPTIONS_PER_NETWORK: positive.default(defaultLimits.subscriptionsPerNetwork),
  MAX_SUBSCRIPTIONS_PER_VIEWER: positive.default(defaultLimits.subscriptionsPerViewer),
};

function limitsOf(read: Record<keyof typeof limitShape, number>): Limits {
  return {
    depth: read.MAX_DEPTH,
    aliases: read.MAX_ALIASES,
    rootFields: read.MAX_ROOT_FIELDS,
    directives: read.MAX_DIRECTIVES,
    cost: read.MAX_COST,
    tokens: read.MAX_TOKENS,
    batch: read.MAX_BATCH,
    bodyBytes: read.MAX_BODY_BYTES,
    headerBytes: read.MAX_HEADER_BYTES,
    responseBytes: read.MAX_RESPONSE_BYTES,
    operationsPerSocket: read.MAX_OPERATIONS_PER_SOCKET,
    requestTimeoutMs: read.REQUEST_TIMEOUT_MS,
    operations: read.MAX_CONCURRENT_OPERATIONS,
    loopDelayMs: read.MAX_EVENT_LOOP_DELAY_MS,
    connections: read.MAX_CONNECTIONS,
    connectionsPerNetwork: read.MAX_CONNECTIONS_PER_NETWORK,
    connectionsPerViewer: read.MAX_CONNECTIONS_PER_VIEWER,
    subscriptions: read.MAX_SUBSCRIPTIONS,
    subscriptionsPerNetwork: read.MAX_SUBSCRIPTIONS_PER_NETWORK,
    subscriptionsPerViewer: read.MAX_SUBSCRIPTIONS_PER_VIEWER,
  };
}

import type { ConnectionLimits } from './connections/connection-limits.js';
import type { DocumentTrust } from './documents/trusted-documents.js';
import type { SubscriptionLimits } from './subscriptions/subscription-limits.js';

/** How the gateway behaves; `environment.ts` reads it from the environment. */
export interface GatewaySettings {
  /** May clients ask for the schema, and do errors hint at it? */
  introspection: boolean;
  /** Does the endpoint show the playground to browsers? */
  playground: boolean;
  /** Origins of web pages that may use the API; `*` is any. The gateway's own origin always may. */
  allowedOrigins: readonly string[];
  /** Proxies whose word about the client's address is taken: none, all, or addresses and networks. */
  trustedProxies: boolean | readonly string[];
  limits: Limits;
  /** How much cost one may ask for in a minute; without it as much as one likes. */
  rates?: RateLimits | undefined;
  /** What trusted documents are for. @default 'off' */
  trustedDocuments?: DocumentTrust | undefined;
  /** Bytes of documents that clients may register by their hash; 0 turns that off. @default 0 */
  persistedQueryBytes?: number | undefined;
  /** Is the same query, asked at the same time under the same token, run once? @default false */
  shareInFlight?: boolean | undefined;
  /** Events that may wait for one slow live client. */
  subscriptionBuffer: number;
  /** Bytes of them, beside which one alone may be larger. @default 16777216 */
  subscriptionBufferBytes?: number | undefined;
  /** An operation that takes so many milliseconds is logged with its plan. */
  slowOperationMs: number;
  /** Live clients of a process that stops are told to go within so many milliseconds, spread out. @default 10000 */
  drainMs?: number;
  /** A WebSocket client that has not answered the last ping after so many milliseconds is cut off. @default 12000 */
  pingEveryMs?: number;
}

/** Units of cost in a minute, as many of which may be spent at once; 0 is no limit. */
export interface RateLimits {
  /** Of one person who is signed in. */
  viewer: number;
  /** Of one network, whoever asks. */
  network: number;
}

/** What one client may ask at a time. */
export interface Limits extends ConnectionLimits, SubscriptionLimits {
  /** Fields within fields. */
  depth: number;
  /** Aliases in an operation, each use of a fragment counted. */
  aliases: number;
  /** Fields of the query or mutation itself. */
  rootFields: number;
  /** Directives in an operation, each use of a fragment counted. */
  directives: number;
  /** What an operation may cost, by `@cost` and `@listSize`. */
  cost: number;
  /** Words and signs of a document. */
  tokens: number;
  /** Operations in one HTTP request; 1 turns batches off. */
  batch: number;
  /** Bytes of a request body or WebSocket message. */
  bodyBytes: number;
  /** Bytes of a request's headers. */
  headerBytes: number;
  /** Bytes of an answer. */
  responseBytes: number;
  /** Operations that run at a time on one WebSocket. */
  operationsPerSocket: number;
  /** How long an operation may take, in milliseconds; a client may ask for less. */
  requestTimeoutMs: number;
  /** Operations that run at a time in this process; what comes on top is refused with 503. */
  operations: number;
  /** By how many milliseconds the process may be late with everything, on average, before it refuses operations. */
  loopDelayMs: number;
}

/** What fits the operations of a rich client with room to spare. */
export const defaultLimits: Limits = {
  depth: 16,
  aliases: 30,
  rootFields: 20,
  directives: 50,
  cost: 10_000,
  tokens: 2_000,
  batch: 10,
  bodyBytes: 262_144,
  headerBytes: 16_384,
  responseBytes: 10_485_760,
  operationsPerSocket: 100,
  requestTimeoutMs: 30_000,
  operations: 1_000,
  loopDelayMs: 500,
  connections: 20_000,
  connectionsPerNetwork: 5_000,
  connectionsPerViewer: 50,
  subscriptions: 50_000,
  subscriptionsPerViewer: 500,
  subscriptionsPerNetwork: 5_000,
};

/** What fits a busy app, and a school behind one address. */
export const defaultRates: RateLimits = { viewer: 60_000, network: 600_000 };

/** What fits many thousands of documents. */
export const DEFAULT_PERSISTED_QUERY_BYTES = 16_777_216;

/** What fits the longest answer, and very many short ones. */
export const DEFAULT_SUBSCRIPTION_BUFFER_BYTES = 16_777_216;

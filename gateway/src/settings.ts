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
  /** Events that may wait for one slow live client. */
  subscriptionBuffer: number;
}

/** What one client may ask at a time. */
export interface Limits {
  /** Fields within fields. */
  depth: number;
  /** Aliases in an operation, each use of a fragment counted. */
  aliases: number;
  /** Fields of the query or mutation itself. */
  rootFields: number;
  /** Words and signs of a document. */
  tokens: number;
  /** Operations in one HTTP request; 1 turns batches off. */
  batch: number;
  /** Bytes of a request body or WebSocket message. */
  bodyBytes: number;
  /** Operations that run at a time on one WebSocket. */
  operationsPerSocket: number;
}

/** What fits the operations of a rich client with room to spare. */
export const defaultLimits: Limits = {
  depth: 16,
  aliases: 30,
  rootFields: 20,
  tokens: 2_000,
  batch: 10,
  bodyBytes: 262_144,
  operationsPerSocket: 100,
};

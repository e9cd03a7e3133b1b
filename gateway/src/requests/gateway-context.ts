import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { ExecutionResult } from 'graphql';

/** One operation of one client, as it goes through the gateway. */
export interface GatewayContext {
  /** Forwarded to every subgraph. */
  metadata: RequestMetadata;
  /** Fetches of this operation that wait for their answer, by subgraph and request. */
  fetches: Map<string, Fetch>;
}

/** A fetch that waits for its answer. */
export interface Fetch {
  answer: Promise<ExecutionResult>;
  /** More than one part of the plan waits for it. */
  isShared: boolean;
}

/** A fresh context: fetches are never shared between operations. */
export function createGatewayContext(metadata: RequestMetadata): GatewayContext {
  return { metadata, fetches: new Map() };
}

import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { UserViewer } from '@tutorgraph/kit/viewer/viewer';
import type { ExecutionResult } from 'graphql';
import { OperationRecord } from '../insight/operation-record.js';

/** How an operation came. */
export type Transport = 'http' | 'websocket' | 'event-stream' | 'multipart';

/** One operation of one client, as it goes through the gateway. */
export interface GatewayContext {
  /** Forwarded to every subgraph. */
  readonly metadata: RequestMetadata;
  /** Who asks; undefined when nobody signed in or nothing here verifies tokens. */
  readonly viewer: UserViewer | undefined;
  readonly transport: Transport;
  /** May parts of the answer come later (`@defer`)? If not, it is whole. */
  readonly acceptsIncremental: boolean;
  /** When the client wants its answer at the latest, on the clock of `performance.now()`; `Infinity` for events. */
  readonly deadline: number;
  /** Aborted when the client goes away; undefined when that ends by itself what runs for it. */
  readonly signal: AbortSignal | undefined;
  /** Fetches of this operation that wait for their answer. */
  readonly fetches: Set<Fetch>;
  /** What the operation does, for whoever watches. */
  readonly record: OperationRecord;
}

/** A query of one subgraph that waits for its answer. */
export interface Fetch {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly answer: Promise<ExecutionResult>;
  /** More than one part of the plan waits for it. */
  isShared: boolean;
}

/** Who asks, and how. */
export type ContextOrigin = Pick<GatewayContext, 'viewer' | 'transport'> &
  Partial<Pick<GatewayContext, 'acceptsIncremental' | 'deadline' | 'signal'>>;

/** A fresh context: fetches are never shared between operations. */
export function createGatewayContext(metadata: RequestMetadata, from: ContextOrigin): GatewayContext {
  const { viewer, transport, acceptsIncremental = false, deadline = Number.POSITIVE_INFINITY, signal } = from;
  const record = new OperationRecord();
  return { metadata, viewer, transport, acceptsIncremental, deadline, signal, fetches: new Set(), record };
}

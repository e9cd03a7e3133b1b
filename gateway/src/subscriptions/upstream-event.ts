import { decodeCursor } from '@tutorgraph/kit/events/cursor';
import type { ExecutionResult } from 'graphql';
import { CURSOR, ENDED_FOR, type SubscriptionPlan } from './subscription-plan.js';

/** One event as it came from the subgraph. */
export interface UpstreamEvent {
  result: ExecutionResult;
  /** Its position; none when the subgraph's events have no cursor. */
  cursor: string | undefined;
  /** What clients asked of it, run once for all who asked the same. */
  readonly answers: Map<string, Promise<ExecutionResult>>;
  /** See {@link bytesOf}. */
  bytes?: number;
}

/** Reads the position of what a subgraph sent. */
export function readEvent(plan: SubscriptionPlan, result: ExecutionResult): UpstreamEvent {
  const cursor = payloadOf(plan, result)?.[CURSOR];
  return { result, cursor: typeof cursor === 'string' ? cursor : undefined, answers: new Map() };
}

/** How much an event holds, in bytes of JSON. Worked out once for all who wait for it. */
export function bytesOf(event: UpstreamEvent): number {
  event.bytes ??= Buffer.byteLength(JSON.stringify(event.result));
  return event.bytes;
}

/** Does a message carry a position and nothing else, as the first one of a subscription does? */
export function isGreeting(plan: SubscriptionPlan, { result, cursor }: UpstreamEvent): boolean {
  const positions = new Set([CURSOR, ENDED_FOR, '__typename', ...plan.cursorNames]);
  const others = Object.entries(payloadOf(plan, result) ?? {}).filter(([name]) => !positions.has(name));
  return cursor !== undefined && others.every(([, value]) => value === null);
}

/** The first message of a subscription, which carries the position alone, with a later position. */
export function greetingAt(plan: SubscriptionPlan, greeting: UpstreamEvent, cursor: string): UpstreamEvent {
  const names = [CURSOR, ...plan.cursorNames];
  const payload = { ...payloadOf(plan, greeting.result), ...Object.fromEntries(names.map((name) => [name, cursor])) };
  const data = { ...greeting.result.data, [plan.responseName]: payload };
  return { result: { ...greeting.result, data }, cursor, answers: new Map() };
}

/** The position behind an event's cursor; undefined when it has none, or one that says nothing of its order. */
export function positionOf({ subgraph }: SubscriptionPlan, { cursor }: UpstreamEvent): number | undefined {
  try {
    return cursor === undefined ? undefined : decodeCursor(subgraph, cursor);
  } catch {
    return undefined;
  }
}

/** Users whose right to hear ended with an event; undefined when it does not say. */
export function endedFor(plan: SubscriptionPlan, { result }: UpstreamEvent): ReadonlySet<string> | undefined {
  const ids = payloadOf(plan, result)?.[ENDED_FOR];
  return Array.isArray(ids) ? new Set(ids.map(String)) : undefined;
}

function payloadOf(plan: SubscriptionPlan, { data }: ExecutionResult): Record<string, unknown> | undefined {
  const payload: unknown = data?.[plan.responseName];
  return typeof payload === 'object' && payload !== null ? { ...payload } : undefined;
}

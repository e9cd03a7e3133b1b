import { AsyncLocalStorage } from 'node:async_hooks';

/** What is told of a span: names and counts, never values of variables, statements or results. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a span begins. */
export interface SpanOptions {
  /** `server` serves somebody, `client` asks somebody. @default 'internal' */
  kind?: 'internal' | 'server' | 'client';
  attributes?: SpanAttributes;
  /** When it began, as `performance.now()` tells it. @default now */
  startedAt?: number;
}

/** One piece of work within a trace. */
export interface TraceSpan {
  /** Names it to another process, as W3C Trace Context has it. */
  readonly traceparent: string;
  /** Is it going to be sent? If not, what it would tell need not be worked out. */
  readonly isRecorded: boolean;
  /** Begins a part of it. */
  child(name: string, options?: SpanOptions): TraceSpan;
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** Marks it as failed; of an error only its code or kind is told. */
  fail(error: unknown): void;
  /** @param at when, as `performance.now()` tells it. @default now */
  end(at?: number): void;
}

/** Takes the spans of this process. */
export interface Tracing {
  /** Begins a span below the one that `traceparent` names, or a trace when it names none. */
  start(name: string, traceparent: string | undefined, options?: SpanOptions): TraceSpan;
  /** Sends what is waiting now. */
  flush(): Promise<void>;
  /** Sends what is waiting, for a few seconds at most. */
  close(): Promise<void>;
}

const active = new AsyncLocalStorage<TraceSpan | undefined>();

/** The span under which this asynchronous context works; undefined outside one, and where nobody traces. */
export function currentSpan(): TraceSpan | undefined {
  return active.getStore();
}

/** Runs `work` under a span and ends the span with it. */
export async function inSpan<Result>(span: TraceSpan, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await active.run(span, work);
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs `work` under a part of the current span; without one it is just run. */
export function traced<Result>(name: string, options: SpanOptions, work: () => Promise<Result>): Promise<Result> {
  const span = active.getStore();
  return span ? inSpan(span.child(name, options), work) : work();
}

/** Runs `work` under no span, whatever the caller works under. */
export function outsideSpans<Result>(work: () => Result): Result {
  return active.run(undefined, work);
}

import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { watchClients } from './client-spans.js';
import type { SamplerName } from './open-tracing.js';
import { outsideSpans, type SpanAttributes, type SpanOptions, type TraceSpan, type Tracing } from './tracing.js';

/** Where spans are sent, and which. */
export interface OtlpOptions {
  /** Takes `POST` of OTLP as JSON. */
  url: string;
  /** Sent with them, such as a key. */
  headers: Record<string, string>;
  service: string;
  sampler: SamplerName;
  /** The share of traces that are kept, for samplers with `traceidratio`. */
  ratio: number;
  trustsCallers: boolean;
}

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT };
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;
const LONGEST_VALUE = 4_000;
const CLOSE_WITHIN_MS = 3_000;

/**
 * Sends spans over OTLP/HTTP. The provider is not OpenTelemetry's global one: that is Sentry's, where faults are reported to
 * it, and spans of each would be taken for the other's.
 */
export class OtlpTracing implements Tracing {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  private readonly unwatchClients: () => void;

  constructor(options: OtlpOptions) {
    const { url, headers } = options;
    const named = resourceFromAttributes({ 'service.name': options.service, 'service.namespace': 'tutorgraph' });
    this.provider = new TracerProvider({
      resource: defaultResource()
        .merge(detectResources({ detectors: [envDetector] }))
        .merge(named),
      sampler: samplerOf(options),
      spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url, headers }) })],
    });
    this.tracer = this.provider.getTracer('tutorgraph');
    this.unwatchClients = watchClients();
  }

  start(name: string, traceparent: string | undefined, options?: SpanOptions): TraceSpan {
    return new OtlpSpan(this.tracer, name, contextOf(traceparent), options);
  }

  flush(): Promise<void> {
    return this.provider.forceFlush();
  }

  async close(): Promise<void> {
    this.unwatchClients();
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
    await Promise.race([this.provider.shutdown(), limit]);
  }
}

class OtlpSpan implements TraceSpan {
  private readonly span: Span;
  private readonly context: Context;

  constructor(
    private readonly tracer: Tracer,
    name: string,
    parent: Context,
    { kind = 'internal', attributes = {}, startedAt }: SpanOptions = {},
  ) {
    const startTime = startedAt === undefined ? {} : { startTime: startedAt };
    this.span = tracer.startSpan(name, { kind: KINDS[kind], attributes, ...startTime }, parent);
    this.context = trace.setSpan(ROOT_CONTEXT, this.span);
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-0${traceFlags & 1}`;
  }

  get isRecorded(): boolean {
    return this.span.isRecording();
  }

  child(name: string, options?: SpanOptions): TraceSpan {
    return new OtlpSpan(this.tracer, name, this.context, options);
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(attributes);
  }

  fail(error: unknown): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.setAttribute('error.type', kindOf(error));
  }

  end(at?: number): void {
    // The exporter begins its work here; it must not be taken for a part of what has just ended.
    outsideSpans(() => this.span.end(at));
  }
}

/** A message may say something of a person; a code or class does not. */
function kindOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.name;
}

function contextOf(traceparent: string | undefined): Context {
  const [, traceId = '', spanId = '', flags = ''] = (traceparent && TRACEPARENT.exec(traceparent)) || [];
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

function samplerOf({ sampler, ratio, trustsCallers }: OtlpOptions): Sampler {
  const root = rootSampler(sampler, ratio);
  if (!sampler.startsWith('parentbased_')) return root;
  if (trustsCallers) return new ParentBasedSampler({ root });
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function rootSampler(sampler: SamplerName, ratio: number): Sampler {
  if (sampler.endsWith('traceidratio')) return new TraceIdRatioBasedSampler(ratio);
  return sampler.endsWith('always_off') ? new AlwaysOffSampler() : new AlwaysOnSampler();
}

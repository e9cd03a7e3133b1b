import { z } from 'zod';
import { readEnvironment } from '../environment/environment.js';
import type { Tracing } from './tracing.js';

/** `key=value` pairs, separated by commas, their values percent-encoded where needed. */
const pairs = z.string().transform((text) => {
  const entries = text.split(',').map((pair) => pair.split('=', 2).map((part) => decodeURIComponent(part.trim())));
  return Object.fromEntries(entries.flatMap(([key, value]) => (key && value !== undefined ? [[key, value]] : [])));
});

/** How traces are taken: OpenTelemetry's own settings. */
const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the address of an OTLP/HTTP receiver, such as http://collector:4318' })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: pairs.optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
} satisfies z.ZodRawShape;

/** Which spans are kept. */
export type SamplerName = z.infer<(typeof tracingSettings)['OTEL_TRACES_SAMPLER']>;

/** Who traces, and by which settings. */
export interface TracingOptions {
  settings: Record<string, string | undefined>;
  /** The process or room, such as `gateway`, unless `OTEL_SERVICE_NAME` says another. */
  service: string;
  /**
   * Does whoever asks decide whether a trace is kept? Not where strangers ask: they could have everything kept. Their trace
   * goes on all the same, when it is one that is kept anyway.
   */
  trustsCallers: boolean;
}

/**
 * Starts to send spans to an OTLP receiver when `OTEL_EXPORTER_OTLP_ENDPOINT` names one; else nothing is loaded.
 *
 * @throws EnvironmentError
 */
export async function openTracing({ settings, service, trustsCallers }: TracingOptions): Promise<Tracing | undefined> {
  const read = readEnvironment(tracingSettings, settings);
  const endpoint = read.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return undefined;
  const { OtlpTracing } = await import('./otlp-tracing.js');
  return new OtlpTracing({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: read.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    service: read.OTEL_SERVICE_NAME ?? service,
    sampler: read.OTEL_TRACES_SAMPLER,
    ratio: read.OTEL_TRACES_SAMPLER_ARG,
    trustsCallers,
  });
}

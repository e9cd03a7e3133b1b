import { setTimeout as delay } from 'node:timers/promises';
import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

/** Seconds, for anything that a person waits for. */
const LATENCY_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Options<Configuration> = Omit<Configuration, 'registers'>;

/**
 * A process's Prometheus metrics. Asking for a metric whose name exists gives the same one, so that rooms that share a
 * process share its metrics; tell rooms apart by a label.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly collectors = new Set<() => Promise<void>>();

  /** A number that only grows. */
  counter<Label extends string>(options: Options<CounterConfiguration<Label>>): Counter<Label> {
    return this.known(options.name, Counter<Label>) ?? new Counter({ ...options, registers: [this.registry] });
  }

  /** A number that goes up and down. */
  gauge<Label extends string>(options: Options<GaugeConfiguration<Label>>): Gauge<Label> {
    return this.known(options.name, Gauge<Label>) ?? new Gauge({ ...options, registers: [this.registry] });
  }

  /** A distribution; buckets suit seconds of latency unless given. */
  histogram<Label extends string>(options: Options<HistogramConfiguration<Label>>): Histogram<Label> {
    const buckets = options.buckets ?? LATENCY_BUCKETS;
    return (
      this.known(options.name, Histogram<Label>) ?? new Histogram({ ...options, buckets, registers: [this.registry] })
    );
  }

  /** Adds what Node itself tells: memory, processor time, event loop delay, garbage collection. */
  collectProcessMetrics(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }

  /**
   * Calls `collect` each time before metrics are read; returns how to end that. One that fails or takes more than a
   * second leaves its metrics as they were.
   */
  beforeExposing(collect: () => Promise<void>): () => void {
    this.collectors.add(collect);
    return () => this.collectors.delete(collect);
  }

  /** Everything, in the text form that Prometheus reads, and its content type. */
  async expose(): Promise<{ contentType: string; body: string }> {
    const limit = delay(1_000, undefined, { ref: false });
    await Promise.allSettled([...this.collectors].map((collect) => Promise.race([collect(), limit])));
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  private known<Kind extends object>(name: string, kind: new (...parameters: never[]) => Kind): Kind | undefined {
    const metric = this.registry.getSingleMetric(name);
    if (!metric) return undefined;
    if (metric instanceof kind) return metric;
    throw new Error(`Metric "${name}" exists as another kind; choose another name`);
  }
}

import { createHash, type KeyObject } from 'node:crypto';
import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { parseBroadcasts } from './broadcasts-file.js';
import { Supergraph } from './supergraph.js';
import { REFUSALS, type Refusal, SupergraphRefused } from './supergraph-refused.js';
import { assertSigned } from './supergraph-signature.js';
import type { PublishedSupergraph, SupergraphSource } from './supergraph-source.js';
import { assertNotOlder, versionOf } from './supergraph-version.js';

/** A supergraph that may take over. */
export interface CheckedSupergraph {
  supergraph: Supergraph;
  broadcasts: GraphBroadcasts;
  version: number | undefined;
}

/** How supergraphs are found and taken. */
export interface SupergraphReloadOptions {
  source: SupergraphSource;
  /** By which they are signed; without it none has to be. */
  publicKey: KeyObject | undefined;
  /** How often the source is looked at, in milliseconds. */
  everyMs: number;
  logger: Logger;
  metrics: Metrics;
}

/** Puts a supergraph into the place of the one that runs. @throws SupergraphRefused when it cannot be */
export type TakeOver = (next: CheckedSupergraph) => Promise<void>;

/** A source that fails is looked at less and less often, at last so many times its interval apart. */
const GREATEST_BACK_OFF = 16;

/**
 * Follows a source of supergraphs. One that will not do is refused and told of (log, `gateway_supergraph_reloads_total`,
 * `/health/ready`); the one that runs stays.
 */
export class SupergraphReload {
  private running: { version: number | undefined; hash: string; since: string } | undefined;
  private refused: { refusal: Refusal; message: string; at: string } | undefined;
  private checking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private endWatch: () => void = () => {};
  private failures = 0;
  private isStopped = false;
  private readonly count: (outcome: string) => void;

  constructor(private readonly options: SupergraphReloadOptions) {
    const reloads = options.metrics.counter({
      name: 'gateway_supergraph_reloads_total',
      help: 'Supergraphs that were found, by what became of them: replaced, or why they were refused',
      labelNames: ['outcome'],
    });
    // Prometheus sees no growth in what it has not seen at nothing: the first refusal would be told to nobody.
    for (const outcome of ['replaced', ...REFUSALS]) reloads.inc({ outcome }, 0);
    this.count = (outcome) => reloads.inc({ outcome });
  }

  /** The supergraph to begin with. @throws SupergraphRefused */
  async first(): Promise<CheckedSupergraph> {
    const published = await this.options.source.read();
    if (!published) throw new SupergraphRefused('unavailable', 'The supergraph was read before');
    const checked = await this.check(published);
    this.note(checked);
    return checked;
  }

  /** Looks again whenever something may have changed, until it is stopped. */
  start(takeOver: TakeOver): void {
    this.endWatch = this.options.source.watch(() => this.look(takeOver));
    this.lookLater(takeOver);
  }

  /** Looks no more; resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.endWatch();
    clearTimeout(this.timer);
    await this.checking;
  }

  /** What `/health/ready` says of it. */
  details(): Record<string, unknown> {
    const refused = this.refused && { refusal: this.refused.refusal, at: this.refused.at };
    return { supergraph: { ...this.running, ...(refused && { refused }) } };
  }

  /** Looks now; one look after the other. */
  private look(takeOver: TakeOver): void {
    clearTimeout(this.timer);
    this.checking = this.checking.then(() => this.reload(takeOver)).then(() => this.lookLater(takeOver));
  }

  private lookLater(takeOver: TakeOver): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    const backOff = Math.min(2 ** this.failures, GREATEST_BACK_OFF);
    // Many gateways follow one source; they should not all ask at the same moment.
    const delay = this.options.everyMs * backOff * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.look(takeOver), delay);
    this.timer.unref();
  }

  private async reload(takeOver: TakeOver): Promise<void> {
    if (this.isStopped) return;
    const { source, logger } = this.options;
    try {
      const published = await source.read();
      this.failures = 0;
      if (!published) return;
      const checked = await this.check(published);
      await takeOver(checked);
      this.note(checked);
      this.refused = undefined;
      this.count('replaced');
      logger.info({ source: source.name, ...this.running }, 'The supergraph was replaced');
    } catch (error) {
      this.refuse(asRefused(error));
    }
  }

  private refuse(error: SupergraphRefused): void {
    const { source, logger } = this.options;
    if (error.refusal === 'unavailable') this.failures += 1;
    if (error.mayPass) source.forget();
    this.count(error.refusal);
    // What stays as it is is told once.
    const isKnown = this.refused?.message === error.message;
    this.refused = { refusal: error.refusal, message: error.message, at: new Date().toISOString() };
    const fields = { err: error, source: source.name, refusal: error.refusal, running: this.running };
    if (isKnown) logger.debug(fields, 'A supergraph is still refused');
    else logger.error(fields, 'A supergraph was refused; the one that runs stays');
  }

  private async check(published: PublishedSupergraph): Promise<CheckedSupergraph> {
    const { publicKey } = this.options;
    if (publicKey) assertSigned(published, publicKey);
    const sdl = published.supergraph.bytes.toString('utf8');
    const version = versionOf(sdl);
    assertNotOlder(version, this.running?.version);
    try {
      const broadcasts = parseBroadcasts(published.broadcasts?.bytes.toString('utf8'));
      return { supergraph: await Supergraph.load(sdl), broadcasts, version };
    } catch (error) {
      throw new SupergraphRefused('invalid', `What ${this.options.source.name} has is no supergraph`, error);
    }
  }

  private note({ supergraph, version }: CheckedSupergraph): void {
    const hash = createHash('sha256').update(supergraph.sdl).digest('hex');
    this.running = { version, hash, since: new Date().toISOString() };
  }
}

function asRefused(error: unknown): SupergraphRefused {
  if (error instanceof SupergraphRefused) return error;
  return new SupergraphRefused('invalid', 'The supergraph cannot take over', error);
}

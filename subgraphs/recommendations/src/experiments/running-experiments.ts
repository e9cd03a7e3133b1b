import type { EntityManager } from '@mikro-orm/postgresql';
import type { Signals } from '@tutorgraph/kit/signals/signals';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Assignable } from './assignment.rules.js';
import { Experiment, ExperimentVariant } from './experiment.entity.js';
import type { ExperimentUnit, VariantPayload } from './experiment.rules.js';

/** An experiment that assigns variants now. */
export interface RunningExperiment extends Assignable {
  name: string;
  unit: ExperimentUnit;
  variants: readonly { id: string; key: string; share: number; payload: VariantPayload }[];
}

const CHANNEL = 'experiments';
/** A signal may be lost; so long a change may go unnoticed then. */
const FRESH_MS = 15_000;
/** Nothing is assigned by what could not be refreshed for so long. */
const MOST_MS = 60_000;

/** The experiments that run, in memory: read again when a process says that they changed, and every 15 seconds. */
export class RunningExperiments {
  private known: readonly RunningExperiment[] = [];
  private readAt = 0;
  private generation = 0;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly signals: Signals,
    private readonly logger: Logger,
  ) {}

  /** Hears from now on when experiments change; returns how to stop. */
  listen(): () => void {
    return this.signals.listen(CHANNEL, () => this.forget());
  }

  /** Tells all processes that experiments changed; call it after the commit. */
  tellChanged(): void {
    this.forget();
    this.signals.send(CHANNEL, {});
  }

  /** All that run; none while they cannot be read. It waits for the database only when nothing fresh enough is known. */
  async all(em: EntityManager): Promise<readonly RunningExperiment[]> {
    const age = Date.now() - this.readAt;
    if (age < FRESH_MS) return this.known;
    const reading = this.read(em);
    if (age >= MOST_MS) await reading;
    return this.areKnown ? this.known : [];
  }

  /** Could they be read of late? */
  get areKnown(): boolean {
    return Date.now() - this.readAt < MOST_MS;
  }

  /** One that was running when they were last read; for answers that began before it stopped. */
  find(experimentId: string): RunningExperiment | undefined {
    return this.known.find(({ id }) => id === experimentId);
  }

  private forget(): void {
    this.generation += 1;
    this.readAt = 0;
  }

  private read(em: EntityManager): Promise<void> {
    this.reading ??= this.readUntilCurrent(em)
      .catch((err: unknown) =>
        this.logger.warn({ err }, 'Experiments cannot be read; everybody gets control meanwhile'),
      )
      .finally(() => {
        this.reading = undefined;
      });
    return this.reading;
  }

  /** What changes while it is read is read again. */
  private async readUntilCurrent(em: EntityManager): Promise<void> {
    for (let generation = -1; generation !== this.generation; ) {
      generation = this.generation;
      this.known = await findRunning(em.fork());
    }
    this.readAt = Date.now();
  }
}

async function findRunning(em: EntityManager): Promise<readonly RunningExperiment[]> {
  const experiments = await em.find(Experiment, { status: 'RUNNING' }, { orderBy: { id: 'asc' } });
  const variants = await em.find(
    ExperimentVariant,
    { experimentId: { $in: experiments.map(({ id }) => id) } },
    { orderBy: { position: 'asc' } },
  );
  return experiments.map(({ id, name, unit, exclusionGroup = null, rangeFrom, rangeTo, ramp, rampFrom = null }) => ({
    ...{ id, name, unit, exclusionGroup, rangeFrom, rangeTo, ramp, rampFrom },
    variants: variants
      .filter(({ experimentId }) => experimentId === id)
      .map(({ id: variantId, key, share, payload }) => ({ id: variantId, key, share, payload })),
  }));
}

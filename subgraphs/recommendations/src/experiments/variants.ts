import type { EntityManager } from '@mikro-orm/postgresql';
import { assign } from './assignment.rules.js';
import type { VariantPayload } from './experiment.rules.js';
import type { Exposure, ExposureLog } from './exposure-log.js';
import type { RunningExperiment, RunningExperiments } from './running-experiments.js';

/** For whom variants are asked. */
export interface Subject {
  /** The account; null when nobody is known, who takes part in nothing then. */
  userId: string | null;
  /** As `clusterOf` names it; null where there is none: no experiment on clusters concerns them. */
  cluster: string | null;
}

/** Which variants somebody has. It never fails: without experiments everybody has control. */
export class Variants {
  constructor(
    private readonly running: RunningExperiments,
    private readonly exposures: ExposureLog,
  ) {}

  /**
   * The variant of each running experiment that somebody takes part in, by the experiment's id. Of experiments on
   * recommendations it is noted that they met them: call it only where these make a difference. Reads memory but for the
   * first time, and writes later.
   */
  async of(em: EntityManager, subject: Subject): Promise<Record<string, string>> {
    const all = await this.allOf(em, subject);
    for (const met of all) if (isOnRecommendations(met.experiment)) this.note(met);
    return byExperiment(all);
  }

  /** The same where they make no difference: nobody meets an experiment by it. @see of */
  async lookedUp(em: EntityManager, subject: Subject): Promise<Record<string, string>> {
    return byExperiment(await this.allOf(em, subject));
  }

  /** Could experiments be read of late? Without them everybody has control. */
  get areKnown(): boolean {
    return this.running.areKnown;
  }

  /** The variant in one experiment, by its name; null when it does not run or they do not take part. */
  async ofNamed(
    em: EntityManager,
    name: string,
    subject: Subject,
  ): Promise<{ experimentId: string; variant: string } | null> {
    const experiment = (await this.running.all(em)).find((one) => one.name === name);
    const met = experiment ? variantIn(experiment, subject, new Date()) : null;
    if (!met) return null;
    this.note(met);
    await this.exposures.written();
    return { experimentId: met.experiment.id, variant: met.variant };
  }

  /** What a variant does; nothing when it is not known. */
  payloadOf(experimentId: string, variant: string): VariantPayload {
    return this.running.find(experimentId)?.variants.find(({ key }) => key === variant)?.payload ?? {};
  }

  /** What all variants of somebody do together; of two that say the same field the younger experiment's holds. */
  payload(variants: Readonly<Record<string, string>>): VariantPayload {
    const ids = Object.keys(variants).sort();
    return Object.assign({}, ...ids.map((id) => this.payloadOf(id, variants[id] ?? '')));
  }

  private async allOf(em: EntityManager, subject: Subject): Promise<Met[]> {
    if (subject.userId === null) return [];
    const experiments = await this.running.all(em);
    return experiments.flatMap((experiment) => variantIn(experiment, subject, new Date()) ?? []);
  }

  private note({ experiment, ...exposure }: Met): void {
    this.exposures.add({ experimentId: experiment.id, ...exposure }, experiment.rampFrom?.getTime() ?? 0);
  }
}

interface Met extends Omit<Exposure, 'experimentId'> {
  experiment: RunningExperiment;
  variant: string;
}

function byExperiment(all: readonly Met[]): Record<string, string> {
  return Object.fromEntries(all.map(({ experiment, variant }) => [experiment.id, variant]));
}

function variantIn(experiment: RunningExperiment, { userId, cluster }: Subject, at: Date): Met | null {
  const unit = experiment.unit === 'USER' ? userId : cluster;
  if (unit === null || userId === null) return null;
  const variant = assign(experiment, unit, at);
  const variantId = experiment.variants.find(({ key }) => key === variant)?.id;
  if (variant === null || !variantId) return null;
  return { experiment, unit, variant, variantId, participantId: experiment.unit === 'CLUSTER' ? userId : null, at };
}

/**
 * Does it change recommendations? Whoever meets an experiment where it makes no difference only blurs it: what clients
 * alone read is met when they ask. One whose variants do nothing at all compares lists with themselves.
 */
function isOnRecommendations({ variants }: RunningExperiment): boolean {
  return (
    variants.some(({ payload }) => payload.rankingModelId !== undefined || payload.explorationSlot !== undefined) ||
    variants.every(({ payload }) => Object.keys(payload).length === 0)
  );
}

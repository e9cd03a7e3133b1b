import type { EntityManager } from '@mikro-orm/postgresql';
import { afterCommit, transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { breachOf, type Results, resultsOf } from './analysis/results.rules.js';
import { type Experiment, ExperimentMetric } from './experiment.entity.js';
import { findExperiment, lockExperiment } from './experiment.repository.js';
import { moveExperiment } from './move-experiment.js';
import { countOutcomes, countVariants, findCountable } from './results.repository.js';
import type { RunningExperiments } from './running-experiments.js';

/** What an experiment found, with the experiment. */
export interface ExperimentFindings extends Results {
  experiment: Experiment;
  /** Until when outcomes are counted. */
  countedAt: Date | null;
}

/** What experiments found, and whether they may go on. */
export class ResultsService {
  constructor(private readonly running: RunningExperiments) {}

  /** Null when there is no such experiment, or it is a draft. */
  async of({ em }: RequestContext, experimentId: string): Promise<ExperimentFindings | null> {
    const experiment = await findExperiment(em, experimentId);
    if (!experiment || experiment.status === 'DRAFT') return null;
    return { experiment, countedAt: experiment.countedAt ?? null, ...(await findResults(em, experiment)) };
  }

  /** Counts what became of tutors who were shown, and pauses experiments of which a guardrail is surely crossed. */
  async watch(em: EntityManager, signal: AbortSignal): Promise<void> {
    for (const id of await findCountable(em, new Date())) {
      signal.throwIfAborted();
      await countOutcomes(em, id, new Date());
      const experiment = await findExperiment(em.fork(), id);
      if (experiment?.status === 'RUNNING') await this.guard(em.fork(), experiment);
    }
  }

  private async guard(em: EntityManager, experiment: Experiment): Promise<void> {
    const breach = breachOf(await findResults(em, experiment));
    if (!breach) return;
    await transaction(em, async (tx) => {
      const locked = await lockExperiment(tx, experiment.id);
      if (!(locked && moveExperiment(tx, locked, 'PAUSED', { at: new Date(), breach }))) return;
      afterCommit(() => this.running.tellChanged());
    });
  }
}

async function findResults(em: EntityManager, experiment: Experiment): Promise<Results> {
  const orderBy = { position: 'asc' } as const;
  const metrics = await em.find(ExperimentMetric, { experimentId: experiment.id }, { orderBy });
  const judged = metrics.map(({ key, kind, better, role, harm = null }) => ({ key, kind, better, role, harm }));
  return resultsOf(experiment, judged, await countVariants(em, experiment));
}

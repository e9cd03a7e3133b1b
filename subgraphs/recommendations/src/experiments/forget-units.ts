import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import type { Experiment } from './experiment.entity.js';
import { lockExperiment } from './experiment.repository.js';
import { countVariants } from './results.repository.js';

/** Experiments that were over before a moment and still know who took part, the first to be over first. */
export async function findForgettable(em: EntityManager, before: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from recommendations.experiments e
     where e.completed_at < ${before}
       and (e.tally is null or exists (select from recommendations.experiment_exposures x where x.experiment_id = e.id))
     order by e.completed_at, e.id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/**
 * Keeps of an experiment that is over what was counted, and forgets who took part and what they did: so many units a
 * transaction, so that one that is cut off is gone on with. Its results stay what they were.
 */
export async function forgetUnits(
  em: EntityManager,
  experimentId: string,
  { batch, signal }: { batch: number; signal: AbortSignal },
): Promise<void> {
  await transaction(em, async (tx) => {
    const experiment = await lockExperiment(tx, experimentId);
    if (experiment && !experiment.tally) experiment.tally = await tallyOf(tx, experiment);
  });
  for (let removed = batch; removed === batch && !signal.aborted; ) {
    const { numAffectedRows } = await sql`
      delete from recommendations.experiment_exposures where id in (
        select id from recommendations.experiment_exposures where experiment_id = ${experimentId}
         order by unit limit ${batch})`.execute(em.getKysely());
    removed = Number(numAffectedRows ?? 0);
  }
}

async function tallyOf(tx: EntityManager, experiment: Experiment) {
  const variants = await countVariants(tx, experiment);
  return variants.map(({ counts, ...variant }) => ({ ...variant, counts: Object.fromEntries(counts) }));
}

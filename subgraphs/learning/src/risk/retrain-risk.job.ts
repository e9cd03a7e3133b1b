import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { RiskModels } from './risk-models.js';
import { type RiskRecord, readClass, versionsWith } from './risk-records.js';
import type { RiskRun } from './risk-training.js';
import { runRetraining } from './run-retraining.js';

/** Whoever is so much longer in a course than planned does not complete it any more. */
const OVERDUE = 2;

/** @see retrainRiskJob */
export type RetrainRiskJob = ReturnType<typeof retrainRiskJob>;

/** Trains on the school's own outcomes and goes on with whichever model is better. */
export function retrainRiskJob(em: EntityManager, models: RiskModels, leastOutcomes: number) {
  return defineJob({
    name: 'retrain-risk',
    description: 'Learns from who completed a course and who gave it up how to tell students at risk.',
    payload: z.object({ modelId: z.uuid().optional(), by: z.uuid().optional() }),
    cron: '0 2 1 * *',
    timeoutSeconds: 3_600,
    retries: 1,
    handler: async ({ modelId = newId(), by = null }, { signal, logger }) => {
      const now = new Date();
      const running = await models.running(em.fork());
      const runs = await readRuns(em.fork(), now);
      const retrained = await runRetraining({ runs, running: running.model, source: 'school', leastOutcomes }, signal);
      if (retrained.kind === 'TOO_FEW') {
        logger.info({ ...retrained, leastOutcomes }, 'Too few students have completed or left a course to learn from');
        return;
      }
      const row = await transaction(em.fork(), (tx) => models.keep(tx, retrained, { id: modelId, by, at: now }));
      logger.info({ model: row.id, status: row.status, heldOut: retrained.heldOut }, 'A model of risk was trained');
    },
  });
}

async function readRuns(em: EntityManager, now: Date): Promise<RiskRun[]> {
  const runs: RiskRun[] = [];
  for (const versionId of await versionsWith(em, 'ENDED')) {
    const found = await readClass(em, versionId, now);
    if (!found) continue;
    const { course, courseId: group, records } = found;
    const histories = records.map(({ history }) => history);
    runs.push({ course, group, histories, outcomes: records.map((record) => outcomeOf(record, course.lengthDays)) });
  }
  return runs;
}

function outcomeOf({ status, today }: RiskRecord, lengthDays: number): number | undefined {
  if (status === 'COMPLETED') return 0;
  return status === 'DROPPED' || today > lengthDays * OVERDUE ? 1 : undefined;
}

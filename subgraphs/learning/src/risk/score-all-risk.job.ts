import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { versionsWith } from './risk-records.js';
import type { RiskScoring } from './risk-scoring.js';

/** Scores everybody: who does nothing makes no event. */
export function scoreAllRiskJob(em: EntityManager, scoring: RiskScoring) {
  return defineJob({
    name: 'score-all-risk',
    description: 'Tells each night how much at risk everybody is who learns a course.',
    payload: z.object({}),
    cron: '30 3 * * *',
    timeoutSeconds: 3_600,
    handler: async (_payload, { signal }) => {
      for (const versionId of await versionsWith(em.fork(), 'ACTIVE')) {
        signal.throwIfAborted();
        await scoring.score(versionId, new Date());
      }
    },
  });
}

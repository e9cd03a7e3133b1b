import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { findDue, settleDue } from './risk-due.js';
import type { RiskScoring } from './risk-scoring.js';

/** So many a run; the next one goes on. */
const MOST = 1_000;

/** Scores those with whom something has happened. */
export function scoreDueRiskJob(em: EntityManager, scoring: RiskScoring) {
  return defineJob({
    name: 'score-due-risk',
    description: 'Tells anew how much at risk students are who did something, or for whom something was done.',
    payload: z.object({}),
    cron: '* * * * *',
    // The next run tries again.
    retries: 0,
    handler: async (_payload, { signal }) => {
      const due = await findDue(em.fork(), MOST);
      for (const [versionId, some] of Map.groupBy(due, (one) => one.versionId)) {
        signal.throwIfAborted();
        const ids = some.map(({ enrollmentId }) => enrollmentId);
        await scoring.forget(ids);
        await scoring.score(versionId, new Date(), new Set(ids));
        await settleDue(em.fork(), some);
      }
    },
  });
}

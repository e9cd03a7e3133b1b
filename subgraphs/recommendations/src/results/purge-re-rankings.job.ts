import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { KEPT_DAYS, purgeReRankings } from './re-ranking.repository.js';

/** Forgets what a model answered long ago. */
export function purgeReRankingsJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'purge-re-rankings',
    description: `Forgets what a language model answered about lists after ${KEPT_DAYS} days.`,
    payload: z.object({}),
    cron: '40 3 * * *',
    handler: () => purgeReRankings(em),
  });
}

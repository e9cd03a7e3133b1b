import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { ResultsService } from './results.service.js';

/** Watches over experiments every five minutes. */
export function watchExperimentsJob(em: EntityManager, results: ResultsService): JobDefinition {
  return defineJob({
    name: 'watch-experiments',
    description: 'Counts outcomes of experiments, and pauses those of which a guardrail is surely crossed.',
    payload: z.object({}),
    cron: '*/5 * * * *',
    handler: (_payload, { signal }) => results.watch(em.fork(), signal),
  });
}

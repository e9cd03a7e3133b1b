import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { defineJob, type JobDefinition } from '../jobs/job.js';
import { KEPT_HOURS, purgeIdempotencyKeys } from './idempotency.js';

/** The job of each room whose mutations take idempotency keys. */
export function purgeIdempotencyKeysJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'purge-idempotency-keys',
    description: `Forgets idempotency keys after ${KEPT_HOURS} hours.`,
    payload: z.object({}),
    cron: '15 * * * *',
    handler: () => purgeIdempotencyKeys(em),
  });
}

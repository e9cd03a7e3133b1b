import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteExceptionsExpiredBefore } from '../rights/permission.repository.js';

/** Forgets exceptions from roles that have ended; they have no effect from that moment on anyway. */
export function purgePermissionsJob(em: EntityManager) {
  return defineJob({
    name: 'purge-permissions',
    description: 'Forgets exceptions from roles that have ended.',
    payload: z.object({}),
    cron: '40 3 * * *',
    handler: () => deleteExceptionsExpiredBefore(em.fork(), new Date()),
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteSuppressionsBefore } from './suppression.repository.js';

/** A mailbox that was closed may be somebody else's by then, and a number given to somebody else. */
const KEPT_MS = 180 * 24 * 60 * 60 * 1000;
const AT_ONCE = 1_000;

/** Tries addresses again that did not exist half a year ago. */
export function purgeSuppressionsJob(em: EntityManager) {
  return defineJob({
    name: 'purge-suppressions',
    description: 'Forgets after half a year that an address did not exist.',
    payload: z.object({}),
    cron: '20 4 * * *',
    handler: async () => {
      const before = new Date(Date.now() - KEPT_MS);
      while ((await deleteSuppressionsBefore(em.fork(), before, AT_ONCE)) === AT_ONCE);
    },
  });
}

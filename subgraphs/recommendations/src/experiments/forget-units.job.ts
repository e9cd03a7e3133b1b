import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { findForgettable, forgetUnits } from './forget-units.js';

/** As lists and what came of them: until then it can be looked up what was counted. */
const KEPT_DAYS = 400;
/** A unit may have a thousand conversions of each metric. */
const BATCH = 200;

/** Forgets who took part in experiments that have been over for 400 days. */
export function forgetUnitsJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'forget-units',
    description: `Forgets who took part in experiments that have been over for ${KEPT_DAYS} days; their results stay.`,
    payload: z.object({}),
    cron: '50 3 * * *',
    handler: async (_payload, { signal }) => {
      const before = new Date(Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000);
      for (const id of await findForgettable(em.fork(), before)) {
        signal.throwIfAborted();
        await forgetUnits(em.fork(), id, { batch: BATCH, signal });
      }
    },
  });
}

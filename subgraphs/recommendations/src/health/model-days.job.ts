import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { OUTCOME_DAYS } from '../ranking/grades.rules.js';
import { checkAlerts } from './alerting.js';
import { dayOf, eachDay, shifted } from './days.js';
import { computeDay, uncountedDays } from './model-days.js';

const optionalDay = z.iso.date().optional();

/** Counts each night the days whose outcomes may still have come, unless the payload names others. */
export function countModelDaysJob(em: EntityManager) {
  return defineJob({
    name: 'count-model-days',
    description: 'Counts how well ranking models did on each day whose outcomes may still come, and looks for alerts.',
    payload: z.object({ from: optionalDay, to: optionalDay }),
    cron: '10 4 * * *',
    timeoutSeconds: 3_600,
    handler: async ({ from, to }, { signal }) => {
      const now = new Date();
      const today = dayOf(now);
      await count(em, eachDay({ from: from ?? shifted(today, -OUTCOME_DAYS - 1), to: to ?? today }), now, signal);
    },
  });
}

/** Counts today and yesterday each hour, so that figures are of today, and days that were never counted. */
export function countTodayJob(em: EntityManager) {
  return defineJob({
    name: 'count-model-today',
    description: 'Counts how well ranking models did today and yesterday, and looks for alerts.',
    payload: z.object({}),
    cron: '25 * * * *',
    timeoutSeconds: 3_600,
    handler: async (_payload, { signal }) => {
      const now = new Date();
      const recent = [shifted(dayOf(now), -1), dayOf(now)];
      const days = new Set([...(await uncountedDays(em.fork())), ...recent]);
      await count(em, [...days].sort(), now, signal);
    },
  });
}

/** Counts days, the first first: what a model is used to are its first ones. */
async function count(em: EntityManager, days: readonly string[], now: Date, signal: AbortSignal): Promise<void> {
  for (const day of days) {
    signal.throwIfAborted();
    await computeDay(em.fork(), day, now);
  }
  await checkAlerts(em.fork(), now);
}

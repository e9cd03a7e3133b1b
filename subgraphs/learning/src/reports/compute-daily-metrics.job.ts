import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { dailyMetricsComputed } from '../events.js';
import { computeDays, missingDays } from './daily-metrics.repository.js';
import { dayBefore, dayOf } from './days.js';

/** How far back days are counted that were missed. */
const MOST_DAYS = 400;
/** Whose figures may still change: answers are handed over for a day. */
const UNSETTLED_DAYS = 2;
/** In one transaction. */
const AT_ONCE = 30;

/** Counts the day that has ended, and the days that were missed. Counting a day again changes nothing that has not changed. */
export function computeDailyMetricsJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'compute-daily-metrics',
    description: 'Counts the figures of the day that has ended.',
    payload: z.object({}),
    cron: '20 0 * * *',
    handler: async () => {
      const now = new Date();
      const yesterday = dayBefore(dayOf(now), 1);
      const missing = await missingDays(em.fork(), { from: dayBefore(yesterday, MOST_DAYS), to: yesterday });
      const unsettled = Array.from({ length: UNSETTLED_DAYS }, (_, index) => dayBefore(yesterday, index));
      const days = [...new Set([...missing, ...unsettled])].sort();
      for (let from = 0; from < days.length; from += AT_ONCE) {
        const some = days.slice(from, from + AT_ONCE);
        await transaction(em.fork(), async (tx) => {
          await computeDays(tx, some, now);
          for (const day of some) recordEvent(tx, dailyMetricsComputed.create({ subject: day, data: {} }));
        });
      }
    },
  });
}

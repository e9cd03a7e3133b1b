import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { FreshOrders } from './fresh-orders.js';

/** So many a run; the next one goes on. */
const MOST = 150;

/** Looks again at the lists of fresh orders with which something has happened, and tells whose are others now. */
export function refreshFreshOrdersJob(freshOrders: FreshOrders): JobDefinition {
  return defineJob({
    name: 'refresh-fresh-orders',
    description: 'Tells of fresh orders for which other tutors are recommended than before.',
    payload: z.object({}),
    cron: '* * * * *',
    // The next run tries again.
    retries: 0,
    handler: (_payload, { signal }) => freshOrders.refresh(MOST, signal),
  });
}

import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { MarketRefresh } from './market-refresh.js';

/** What changes with time alone. */
export function refreshMarketJob(refresh: MarketRefresh): JobDefinition {
  return defineJob({
    name: 'refresh-market',
    description: 'Counts anew what changes with time alone, and moves hours when clocks have changed.',
    payload: z.object({}),
    cron: '10 1 * * *',
    timeoutSeconds: 1_800,
    handler: (_payload, { signal }) => refresh.run(signal, new Date()),
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteDevicesUnseenSince } from './device.repository.js';
import { DEVICE_LIFE_MS } from './device.rules.js';

const AT_ONCE = 1_000;

/** Forgets devices whose apps have not been opened for too long. */
export function purgeDevicesJob(em: EntityManager) {
  return defineJob({
    name: 'purge-devices',
    description: 'Forgets devices that were not seen for 270 days.',
    payload: z.object({}),
    cron: '40 4 * * *',
    handler: async () => {
      const before = new Date(Date.now() - DEVICE_LIFE_MS);
      while ((await deleteDevicesUnseenSince(em.fork(), before, AT_ONCE)) === AT_ONCE);
    },
  });
}

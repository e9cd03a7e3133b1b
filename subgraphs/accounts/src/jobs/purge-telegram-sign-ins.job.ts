import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteInitDataExpiredBefore } from '../telegram/telegram.repository.js';

const BATCH = 1_000;
/** Clocks of several processes may differ. */
const MARGIN_MS = 60 * 60 * 1000;

/** Forgets init data of Telegram that was used and is too old to be used again. */
export function purgeTelegramSignInsJob(em: EntityManager) {
  return defineJob({
    name: 'purge-telegram-sign-ins',
    description: 'Forgets init data of Telegram that was used and is too old to be used again.',
    payload: z.object({}),
    cron: '20 * * * *',
    handler: async () => {
      const before = new Date(Date.now() - MARGIN_MS);
      let removed: number;
      do {
        removed = await deleteInitDataExpiredBefore(em.fork(), before, BATCH);
      } while (removed === BATCH);
    },
  });
}

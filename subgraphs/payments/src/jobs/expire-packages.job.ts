import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { packageExpired } from '../events.js';
import { packageExpired as expiredJournal } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { findOverdue, lockPackage } from '../packages/package.repository.js';
import { aboutPackage, movePackage } from '../packages/package.transitions.js';

const BATCH = 100;

/** Ends packages whose time is over: the credit that is left becomes the platform's. */
export function expirePackagesJob(em: EntityManager) {
  return defineJob({
    name: 'expire-packages',
    description: 'Ends packages whose lessons were not taken in time.',
    payload: z.object({}),
    cron: '*/5 * * * *',
    // The next run tries again.
    retries: 0,
    handler: async (_payload, { signal, logger }) => {
      const failed: string[] = [];
      for (let found = BATCH; found === BATCH; ) {
        const ids = await findOverdue(em.fork(), new Date(), failed, BATCH);
        found = ids.length;
        for (const id of ids) {
          signal.throwIfAborted();
          try {
            await transaction(em, (tx) => expire(tx, id, new Date()));
          } catch (err) {
            failed.push(id);
            logger.error({ err, packageId: id }, 'A package could not be ended');
          }
        }
      }
    },
  });
}

async function expire(tx: EntityManager, id: string, now: Date): Promise<void> {
  const lessons = await lockPackage(tx, id);
  if (lessons?.status !== 'ACTIVE' || !lessons.validUntil || lessons.validUntil > now) return;
  const { creditMinor } = lessons;
  movePackage(lessons, 'EXPIRED', now);
  lessons.creditMinor = 0;
  await postJournal(tx, expiredJournal(lessons, creditMinor), now);
  recordEvent(tx, packageExpired.create(aboutPackage(lessons)));
}

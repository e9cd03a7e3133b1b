import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { Review } from '../review.entity.js';

const KEPT_DAYS = 90;

/** Forgets from which network reviews were written once that tells nothing any longer. */
export function forgetNetworksJob(em: EntityManager) {
  return defineJob({
    name: 'forget-review-networks',
    description: `Forgets after ${KEPT_DAYS} days from which network a review was written.`,
    payload: z.object({}),
    cron: '25 4 * * *',
    handler: async () => {
      const before = new Date(Date.now() - KEPT_DAYS * 86_400_000);
      await transaction(em, (tx) =>
        tx.nativeUpdate(Review, { networkHash: { $ne: null }, createdAt: { $lt: before } }, { networkHash: null }),
      );
    },
  });
}

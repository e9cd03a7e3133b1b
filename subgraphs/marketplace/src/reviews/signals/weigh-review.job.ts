import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { fileOpinion } from '../../moderation/case-file.js';
import { lockTarget } from '../../moderation/targets.js';
import { Review } from '../review.entity.js';
import { findReview } from '../review.repository.js';
import { sentimentOf } from './sentiment.rules.js';
import { countAround, greatestLikeness } from './signal.repository.js';
import { SIGNAL_RULES, SUSPECT_FROM, signalsOf, suspicionOf } from './signal.rules.js';
import type { StoredSignal } from './stored-signal.js';

/** @see weighReviewJob */
export type WeighReviewJob = ReturnType<typeof weighReviewJob>;

/** Looks for signs that a review was not meant honestly, and keeps back one that has too many. */
export function weighReviewJob(em: EntityManager) {
  return defineJob({
    name: 'weigh-review',
    description: 'Looks for signs that a review was not meant honestly.',
    payload: z.object({ reviewId: z.uuid() }),
    concurrency: 2,
    handler: async ({ reviewId }) => {
      const now = new Date();
      const review = await findReview(em.fork(), reviewId);
      if (!review) return;
      const reader = em.fork();
      const sentiment = sentimentOf(review.text);
      const likeness = await greatestLikeness(reader, review, now);
      const around = { ...(await countAround(reader, review, now)), rating: review.rating, sentiment, likeness };
      const signals = signalsOf(around);
      await transaction(em, (tx) => store(tx, review, signals, now));
    },
  });
}

/** Stores what was found unless the review has changed meanwhile: then it is weighed again anyway. */
async function store(tx: EntityManager, weighed: Review, signals: readonly StoredSignal[], now: Date): Promise<void> {
  const target = await lockTarget(tx, 'REVIEW', weighed.id);
  if (!target) return;
  const review = await tx.findOneOrFail(Review, { id: weighed.id });
  if (review.version !== weighed.version || review.rating !== weighed.rating) return;
  const suspicion = suspicionOf(signals);
  const wasSuspected = (review.suspicion ?? 0) >= SUSPECT_FROM;
  Object.assign(review, { signals, suspicion });
  if (suspicion < SUSPECT_FROM || wasSuspected) return;
  const findings = signals.map(({ kind, score }) => ({
    category: `signals/${kind.toLowerCase().replaceAll('_', '-')}`,
    confidence: score,
    field: 'text',
  }));
  const opinion = { judge: 'SIGNALS', model: SIGNAL_RULES, advice: 'HOLD', findings } as const;
  if (await fileOpinion(tx, target.content, opinion, now)) await target.move('IN_REVIEW', ['text'], now);
}

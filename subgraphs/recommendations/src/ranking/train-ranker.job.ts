import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { RankerTrainer } from './ranker-trainer.js';

/** @see trainRankerJob */
export type TrainRankerJob = ReturnType<typeof trainRankerJob>;

/** Trains on the week's lists, and goes on with whichever model is better. */
export function trainRankerJob(trainer: RankerTrainer) {
  return defineJob({
    name: 'train-ranker',
    description: 'Learns from which tutors were shown and what came of it how to rank them.',
    payload: z.object({ modelId: z.uuid().optional() }),
    cron: '0 3 * * 1',
    timeoutSeconds: 3_600,
    retries: 1,
    handler: async ({ modelId }, { id, signal, logger }) => {
      const result = await trainer.train({ modelId: modelId ?? id, at: new Date(), signal });
      if (result?.kind === 'TOO_LITTLE') {
        const { found, needed } = result;
        logger.info({ found, needed }, 'Too few lists have told better tutors from worse to learn from');
      } else if (result) {
        const { id: model, status, metrics } = result.model;
        logger.info({ model, status, metrics }, 'A ranking model was trained');
      }
    },
  });
}

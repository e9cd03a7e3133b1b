import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { SpeechRecording } from './recording.entity.js';

/** Longer than all tries at a recording take with their pauses. */
const GIVEN_UP_AFTER_MS = 6 * 60 * 60 * 1000;

/** Tells of recordings that nothing came of: the process that tried for the last time ended before it could say so. */
export function giveUpRecordingsJob(em: EntityManager) {
  return defineJob({
    name: 'give-up-recordings',
    description: 'Marks recordings as failed that nobody writes down any more.',
    payload: z.object({}),
    cron: '50 * * * *',
    handler: async () => {
      const now = new Date();
      await em
        .fork()
        .nativeUpdate(
          SpeechRecording,
          { status: 'QUEUED', createdAt: { $lt: new Date(now.getTime() - GIVEN_UP_AFTER_MS) } },
          { status: 'FAILED', failure: 'NOT_AVAILABLE', finishedAt: now },
        );
    },
  });
}

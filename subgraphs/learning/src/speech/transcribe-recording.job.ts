import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { SpeechRecording } from './recording.entity.js';
import type { Transcriber } from './transcriber.js';

const RETRIES = 4;

/** Which recording, and in which language mistakes are explained. */
const payload = z.object({ recordingId: z.uuid(), language: z.enum(['en', 'ru']) });

/** What writes recordings down. */
export type TranscribeRecordingJob = ReturnType<typeof transcribeRecordingJob>;

/**
 * Writes a recording down. Nothing is kept before everything is found, so that a run that is cut off is simply done again; one that
 * comes late, or twice, finds that the recording waits no longer. The last try says that it failed rather than leave it waiting.
 */
export function transcribeRecordingJob(em: EntityManager, transcriber: Transcriber) {
  return defineJob({
    name: 'transcribe-recording',
    description: 'Writes down what a student recorded.',
    payload,
    retries: RETRIES,
    // Longer than all tries of one call and the check together.
    timeoutSeconds: 360,
    concurrency: 2,
    handler: async ({ recordingId: id, language }, { attempt, signal }) => {
      const waiting = { id, status: 'QUEUED', removedAt: null } as const;
      const recording = await em.fork().findOne(SpeechRecording, waiting);
      if (!recording) return;
      const outcome = await transcriber.transcribe(recording, { language, isLast: attempt > RETRIES, signal });
      await transaction(em, async (tx) => {
        const lockMode = LockMode.PESSIMISTIC_WRITE;
        const now = await tx.findOne(SpeechRecording, waiting, { lockMode, refresh: true });
        if (now) Object.assign(now, outcome, { finishedAt: new Date() });
      });
    },
  });
}

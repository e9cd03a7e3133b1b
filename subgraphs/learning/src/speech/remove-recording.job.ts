import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import { SpeechRecording } from './recording.entity.js';

/** Removes the file of a recording that its student took back, then the row; what is cut off between is done again. */
export function removeRecordingJob(em: EntityManager, storage: ObjectStorage) {
  return defineJob({
    name: 'remove-recording',
    description: 'Removes the file of a recording that was deleted.',
    payload: z.object({ recordingId: z.uuid() }),
    retries: 10,
    handler: async ({ recordingId: id }) => {
      const recording = await em.fork().findOne(SpeechRecording, { id, removedAt: { $ne: null } });
      if (!recording) return;
      await storage.remove([recording.key]);
      await em.fork().nativeDelete(SpeechRecording, { id });
    },
  });
}

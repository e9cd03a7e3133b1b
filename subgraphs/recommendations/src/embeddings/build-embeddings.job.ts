import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { ModelBuilder } from './model-builder.js';

/** Finds what has no vectors, and changes the model when it should be another one. */
export function buildEmbeddingsJob(builder: ModelBuilder) {
  return defineJob({
    name: 'build-embeddings',
    description: 'Makes the vectors that are missing, and those of another model before it is used.',
    payload: z.object({}),
    cron: '*/10 * * * *',
    timeoutSeconds: 6 * 3_600,
    retries: 3,
    retryDelaySeconds: 60,
    handler: (_payload, { signal }) => builder.run(signal),
  });
}

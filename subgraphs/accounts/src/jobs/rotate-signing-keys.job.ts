import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { SigningKeyService } from '../signing-keys/signing-key.service.js';

/** Replaces the key that signs access tokens when it is 30 days old. */
export function rotateSigningKeysJob(keys: SigningKeyService) {
  return defineJob({
    name: 'rotate-signing-keys',
    description: 'Replaces the key that signs access tokens when it is 30 days old.',
    payload: z.object({}),
    cron: '15 3 * * *',
    handler: async () => {
      await keys.rotate(new Date());
    },
  });
}

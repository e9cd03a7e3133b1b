import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { Tutor } from '../tutors/tutor.entity.js';
import type { CredentialChecker } from '../verifications/credential-checker.js';
import { Verification } from '../verifications/verification.entity.js';

/** @see checkCredentialJob */
export type CheckCredentialJob = ReturnType<typeof checkCredentialJob>;

/**
 * Asks an outside checker about a proof and keeps what it says for whoever decides. Cut off after the call it asks once
 * more, under the same key.
 */
export function checkCredentialJob(em: EntityManager, checker: CredentialChecker) {
  return defineJob({
    name: 'check-credential',
    description: 'Asks an outside checker about what a tutor wants to have confirmed.',
    payload: z.object({ verificationId: z.uuid() }),
    retryDelaySeconds: 30,
    timeoutSeconds: 60,
    concurrency: 2,
    handler: async ({ verificationId: id }) => {
      const verification = await em.fork().findOne(Verification, { id, status: 'PENDING', checkVerdict: null });
      if (!verification) return;
      const { displayName } = await em.fork().findOneOrFail(Tutor, { id: verification.tutorId });
      const { verdict, reference } = await checker.check({ ...verification, holder: displayName });
      // By condition and not by lock: staff may decide, and the tutor withdraw, while we ask.
      const answer = { checkVerdict: verdict, checkReference: reference, checkedAt: new Date() };
      await em.fork().nativeUpdate(Verification, { id, checkVerdict: null }, answer);
    },
  });
}

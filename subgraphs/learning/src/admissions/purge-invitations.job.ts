import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { StudentInvitation } from './invitation.entity.js';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Removes invitations by which nobody can come any more; who came by one is kept with the student. */
export function purgeInvitationsJob(em: EntityManager) {
  return defineJob({
    name: 'purge-invitations',
    description: 'Removes invitations that nobody used, 30 days after they ended.',
    payload: z.object({}),
    cron: '40 4 * * *',
    handler: async () => {
      const before = new Date(Date.now() - KEPT_MS);
      await em.fork().nativeDelete(StudentInvitation, { claimedAt: null, expiresAt: { $lt: before } });
    },
  });
}

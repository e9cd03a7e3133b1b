import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { verificationExpired, verificationExpiring } from '../events.js';
import { findEnding, lockVerification } from '../verifications/verification.repository.js';
import { noticeBound } from '../verifications/verification.rules.js';
import { aboutVerification, moveVerification } from '../verifications/verification.transitions.js';

const BATCH = 100;

/** Ends what was verified 12 months ago, and tells 30 days before; what is cut off goes on at the next run. */
export function expireVerificationsJob(em: EntityManager) {
  return defineJob({
    name: 'expire-verifications',
    description: 'Ends what was verified 12 months ago, and tells tutors 30 days before.',
    payload: z.object({}),
    cron: '20 4 * * *',
    handler: async (_payload, { signal }) => {
      const now = new Date();
      for (let ended = BATCH; ended === BATCH; ) {
        signal.throwIfAborted();
        const ids = await findEnding(em.fork(), { now, noticeBefore: noticeBound(now), limit: BATCH });
        for (const id of ids) await transaction(em, (tx) => endOrTell(tx, id, now));
        ended = ids.length;
      }
    },
  });
}

async function endOrTell(tx: EntityManager, id: string, now: Date): Promise<void> {
  const locked = await lockVerification(tx, id);
  if (locked?.verification.status !== 'VERIFIED') return;
  const { verification, tutor } = locked;
  if (verification.validUntil && verification.validUntil <= now) {
    moveVerification(locked, verification, 'EXPIRED', {});
    recordEvent(tx, verificationExpired.create(aboutVerification(verification, tutor)));
  } else if (!verification.noticedAt) {
    verification.noticedAt = now;
    recordEvent(tx, verificationExpiring.create(aboutVerification(verification, tutor)));
  }
}

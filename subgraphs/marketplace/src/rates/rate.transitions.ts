import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { rateChanged, rateProposed } from '../events.js';
import { lockRatesOf } from './rate.repository.js';
import { afterOffering } from './rate.rules.js';
import type { StudentRate } from './student-rate.entity.js';

/** What every event says of an agreed rate. */
export function aboutRate({ id: subject, tutorId, studentId, subjectId }: StudentRate) {
  return { subject, data: { tutorId, studentId, subjectId } };
}

/** What a subject is offered for now, and was before. */
export interface OfferingPriceChange {
  tutorId: string;
  subjectId: string;
  currency: string;
  from: number;
  to: number;
}

/**
 * Lets every present student of a tutor know that a subject is offered for something else: more is proposed to them, less
 * holds at once. The caller has locked the tutor, so that nobody becomes a student at the old rate meanwhile.
 */
export async function followOffering(tx: EntityManager, change: OfferingPriceChange, now: Date): Promise<void> {
  if (change.from === change.to) return;
  for (const rate of await lockRatesOf(tx, change)) {
    const next = afterOffering(rate, change);
    if (!next) continue;
    const isProposed = next.proposedMinor !== null;
    Object.assign(rate, next, { proposedAt: isProposed ? now : null, updatedAt: now });
    recordEvent(tx, (isProposed ? rateProposed : rateChanged).create(aboutRate(rate)));
  }
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { tutorChanged } from '../events.js';
import { lockTutorByUser } from '../tutors/tutor.repository.js';
import { afterPremium, type PremiumNews } from '../tutors/tutor.rules.js';
import { premiumActivated, premiumEnded } from './payment-events.js';

/** Keeps who is premium as payments says it. */
export function premiumConsumer(): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'premium-tutors',
    stream: 'payments',
    handlers: {
      [premiumActivated.type]: heard(premiumActivated, true),
      [premiumEnded.type]: heard(premiumEnded, false),
    },
  };
}

function heard(type: typeof premiumActivated, isActive: boolean): EventHandler {
  return {
    apply: async (tx, event) => {
      const { tutorId, userId, premiumUntil } = type.parse(event);
      await apply(tx, { tutorId, userId }, { isActive, until: premiumUntil ? new Date(premiumUntil) : null });
    },
  };
}

async function apply(tx: EntityManager, who: { tutorId: string; userId: string }, news: PremiumNews): Promise<void> {
  const tutor = await lockTutorByUser(tx, who.userId);
  // None if its owner was forgotten meanwhile.
  if (tutor?.id !== who.tutorId) return;
  const was = tutor.premium;
  Object.assign(tutor, afterPremium(tutor, news));
  if (tutor.premium === was) return;
  tutor.updatedAt = new Date();
  recordEvent(tx, tutorChanged.create({ subject: tutor.id, data: { userId: who.userId } }));
}

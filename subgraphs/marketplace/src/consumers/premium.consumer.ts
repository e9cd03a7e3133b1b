import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { premiumActivated, premiumEnded } from '@tutorgraph/schema/events/payments';
import { tutorChanged } from '../events.js';
import { lockTutorByUser } from '../tutors/tutor.repository.js';
import { afterPremium, type PremiumNews } from '../tutors/tutor.rules.js';

/** Keeps who is premium as payments says it. */
export function premiumConsumer(): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'premium-tutors',
    stream: 'payments',
    handlers: {
      [premiumActivated.type]: {
        apply: async (tx, { subject: membershipId, data }) => {
          const { premiumUntil, ...tutor } = premiumActivated.schema.parse(data);
          await apply(tx, tutor, { membershipId, until: new Date(premiumUntil) });
        },
      },
      [premiumEnded.type]: {
        apply: (tx, { subject: membershipId, data }) =>
          apply(tx, premiumEnded.schema.parse(data), { membershipId, until: null }),
      },
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

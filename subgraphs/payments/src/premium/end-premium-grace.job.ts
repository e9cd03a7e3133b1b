import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { PaymentsCore } from '../core.js';
import { codeOf } from '../stripe/stripe-client.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { END_PREMIUM, type EndPremiumInput } from './premium.operations.js';
import { lockMembership } from './premium.repository.js';
import { PremiumMembership } from './premium-membership.entity.js';
import { endMembership } from './premium-steps.js';

/** Ends memberships that were not paid within their days of grace. */
export function endPremiumGraceJob({ tools, operations, sync }: PaymentsCore): JobDefinition {
  const { em } = tools.orm;
  return defineJob({
    name: 'end-premium-grace',
    description: 'Ends premium memberships that were not paid within their days of grace.',
    payload: z.object({}),
    cron: '*/15 * * * *',
    handler: async (_payload, { signal, logger }) => {
      const over = await em.fork().find(PremiumMembership, { status: 'PAST_DUE', graceUntil: { $lt: new Date() } });
      for (const { id, stripeSubscriptionId } of over) {
        signal.throwIfAborted();
        try {
          // It may have been paid at the last moment.
          if (stripeSubscriptionId) await sync.refresh('subscription', stripeSubscriptionId);
          await transaction(em, (tx) => endUnpaid(tx, operations, id));
        } catch (error) {
          // The next run tries again; others need not wait for it.
          logger.warn({ code: codeOf(error), membershipId: id }, 'An unpaid membership could not be ended');
        }
      }
    },
  });
}

async function endUnpaid(tx: EntityManager, operations: StripeOperations, id: string): Promise<void> {
  const [membership, now] = [await lockMembership(tx, id), new Date()];
  if (membership?.status !== 'PAST_DUE' || !membership.graceUntil || membership.graceUntil >= now) return;
  endMembership(tx, membership, now);
  if (!membership.stripeSubscriptionId) return;
  const input: EndPremiumInput = { subscription: membership.stripeSubscriptionId };
  await operations.begin(tx, END_PREMIUM, { subjectId: id, input });
}

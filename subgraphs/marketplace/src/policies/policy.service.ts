import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { policyPublished } from '../events.js';
import { Policy } from './policy.entity.js';
import type { PolicyErrorCode } from './policy.payloads.js';
import { currentPolicy, findPolicies } from './policy.repository.js';
import { changedRules, policyPublication } from './policy.rules.js';

/** The rules of the market, as data. */
export class PolicyService {
  /** The rules that hold for new bookings. */
  current(context: RequestContext): Promise<Policy> {
    return currentPolicy(context.em);
  }

  /** All rules that ever held, the newest first. */
  history(context: RequestContext, page: PageRequest): Promise<Connection<Policy>> {
    return findPolicies(context.em, page);
  }

  /** Who published a policy, for whoever may publish; null for others. */
  publisher(context: RequestContext, { publishedBy }: Policy): string | null {
    return context.can('marketplace.policies.manage') ? (publishedBy ?? null) : null;
  }

  /** Publishes rules after those that the viewer has read. @throws Refusal POLICY_CHANGED */
  async publish(context: RequestContext, input: unknown): Promise<Policy> {
    const { expectedVersion, rules } = accept(policyPublication, input, context.locale);
    // Two who publish at once have read the same version: the second one's number is taken.
    return refusing<PolicyErrorCode, Policy>({ policies_version_unique: 'POLICY_CHANGED' }, () =>
      transaction(context.em, async (tx) => {
        const former = await currentPolicy(tx);
        if (former.version !== expectedVersion) {
          throw new Refusal<PolicyErrorCode>('POLICY_CHANGED', ['input', 'expectedVersion']);
        }
        const policy = tx.create(Policy, {
          id: newId(),
          version: former.version + 1,
          rules,
          publishedBy: context.user.userId,
          createdAt: new Date(),
        });
        recordEvent(tx, policyPublished.create({ subject: policy.id, data: { version: policy.version } }));
        recordStaffAction(tx, context, {
          action: 'marketplace.policy.publish',
          resource: 'BookingPolicy',
          resourceId: policy.id,
          fields: changedRules(former.rules, rules),
        });
        return policy;
      }),
    );
  }
}

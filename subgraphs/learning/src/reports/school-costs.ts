import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { z } from 'zod';
import { SchoolCosts } from './daily-metrics.entity.js';

/** The school itself, in the audit log. */
const THE_SCHOOL = '00000000-0000-4000-8000-000000000000';
const MOST_MINOR = 100_000_000_000;
const amount = z.number().int().min(0).max(MOST_MINOR);
const newCosts = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  supportHourMinor: amount,
  acquisitionMinor: amount,
  monthlyMinor: amount,
});

/** What the school costs; null until staff has said so. */
export function findCosts(em: EntityManager): Promise<SchoolCosts | null> {
  return em.findOne(SchoolCosts, { id: true }, { refresh: true });
}

/** Says what the school costs from now on; reports count with it for every span. @throws Refusal INVALID_INPUT */
export async function setCosts(context: RequestContext, input: unknown): Promise<{ costs: SchoolCosts }> {
  const { currency, supportHourMinor, acquisitionMinor, monthlyMinor } = accept(newCosts, input, context.locale);
  return transaction(context.em, async (tx) => {
    await sql`
      insert into learning.school_costs (id, currency, support_hour_minor, acquisition_minor, monthly_minor, updated_by, updated_at)
      values (true, ${currency}, ${supportHourMinor}, ${acquisitionMinor}, ${monthlyMinor}, ${context.user.userId}, ${new Date()})
      on conflict (id) do update set currency = excluded.currency, support_hour_minor = excluded.support_hour_minor,
        acquisition_minor = excluded.acquisition_minor, monthly_minor = excluded.monthly_minor,
        updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(tx.getKysely());
    const action = 'learning.school-costs.set';
    recordStaffAction(tx, context, { action, resource: 'SchoolCosts', resourceId: THE_SCHOOL });
    return { costs: await tx.findOneOrFail(SchoolCosts, { id: true }, { refresh: true }) };
  });
}

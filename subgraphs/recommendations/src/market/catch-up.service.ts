import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { CatchUp } from './catch-up.entity.js';
import type { CatchUpMarketJob } from './catch-up-market.job.js';

/** Copying the whole market when staff wants it. */
export class CatchUpService {
  constructor(private readonly job: CatchUpMarketJob) {}

  /** The last time that it was done, or is; null when it never was. */
  async last({ em }: RequestContext): Promise<CatchUp | null> {
    const [last] = await em.find(CatchUp, {}, { orderBy: { startedAt: 'desc', id: 'desc' }, limit: 1 });
    return last ?? null;
  }

  /** Begins as soon as nothing else is copied; what was cut off goes on. */
  async begin(context: RequestContext): Promise<{ queued: boolean }> {
    await transaction(context.em, async (tx) => {
      await enqueue(tx, this.job, {});
      const action = 'recommendations.market.catch-up';
      recordStaffAction(tx, context, { action, resource: 'MarketCatchUp', resourceId: newId() });
    });
    return { queued: true };
  }
}

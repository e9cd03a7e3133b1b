import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { z } from 'zod';
import type { Difference } from './difference.entity.js';
import { Reconciliation } from './reconciliation.entity.js';
import { comparedUntil, differencePages, findReconciliations } from './reconciliation.repository.js';
import type { reconciliationPayload } from './reconciliation-run.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Webhooks of what happened just now are still on their way. */
const SETTLING_MS = 60 * 60 * 1_000;
/** The first time, what Stripe has made before the ledger's first journal was recorded. */
const BEFORE_FIRST_MS = DAY_MS;
const MOST_DAYS = 366;

const span = z
  .object({ from: z.date().max(new Date(8.64e15)), to: z.date() })
  .refine(({ from, to }) => to > from && to.getTime() - from.getTime() <= MOST_DAYS * DAY_MS && to <= new Date(), {
    path: ['to'],
  });

/** Comparisons of the ledger with Stripe. */
export class ReconciliationService {
  constructor(
    private readonly em: EntityManager,
    private readonly reconcile: JobDefinition<typeof reconciliationPayload>,
  ) {}

  /** A page of them, the newest first. */
  list(context: RequestContext, page: PageRequest): Promise<Connection<Reconciliation>> {
    return findReconciliations(context.em, page);
  }

  /** A page of what one found. */
  differences(context: RequestContext, { id }: Reconciliation, page: PageRequest): Promise<Connection<Difference>> {
    return context.loader(differencePages).load({ reconciliationId: id, page });
  }

  /** Begins one for a member of staff. @throws Refusal INVALID_INPUT */
  async begin(context: RequestContext, input: unknown): Promise<Reconciliation> {
    const { from, to } = accept(span, input, context.locale);
    return transaction(context.em, async (tx) => {
      const made = await this.add(tx, from, to, context.user.userId);
      recordStaffAction(tx, context, {
        action: 'payments.reconciliation.run',
        resource: 'Reconciliation',
        resourceId: made.id,
      });
      return made;
    });
  }

  /** Begins that of the day: from where the last one ended, so that nothing is left out when some days had none. */
  async beginDaily(now = new Date()): Promise<void> {
    await transaction(this.em, async (tx) => {
      const until = await comparedUntil(tx);
      const isFirst = (await tx.count(Reconciliation, { requestedBy: null })) === 0;
      const to = new Date(now.getTime() - SETTLING_MS);
      const from = new Date((until ?? to).getTime() - (isFirst ? BEFORE_FIRST_MS : 0));
      if (from < to) await this.add(tx, from, to, null);
    });
  }

  private async add(tx: EntityManager, from: Date, to: Date, requestedBy: string | null): Promise<Reconciliation> {
    const reconciliation = tx.create(Reconciliation, {
      ...{ id: newId(), fromTime: wholeSecond(from), toTime: wholeSecond(to), requestedBy },
      ...{ status: 'RUNNING' as const, transactions: 0, startedAt: new Date(), finishedAt: null },
    });
    await enqueue(tx, this.reconcile, { id: reconciliation.id });
    return reconciliation;
  }
}

/** Stripe tells of seconds only. */
function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1_000) * 1_000);
}

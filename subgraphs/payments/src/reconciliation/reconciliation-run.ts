import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { z } from 'zod';
import { reconciliationDiffered } from '../events.js';
import { codeOf } from '../stripe/stripe-client.js';
import { Difference } from './difference.entity.js';
import type { Comparison, Reconciler } from './reconciler.js';
import { Reconciliation } from './reconciliation.entity.js';
import type { ReconciliationStatus } from './reconciliation.rules.js';

/** Which reconciliation to carry out. */
export const reconciliationPayload = z.object({ id: z.uuid() });

const BATCH = 500;

/** Carries reconciliations out, and reports every difference. */
export class ReconciliationRun {
  private readonly found;
  private readonly finished;

  constructor(
    private readonly em: EntityManager,
    private readonly reconciler: Reconciler,
    metrics: Metrics,
  ) {
    this.found = metrics.counter({
      name: 'payments_reconciliation_differences_total',
      help: 'What the ledger said otherwise than Stripe.',
      labelNames: ['kind'],
    });
    this.finished = metrics.counter({
      name: 'payments_reconciliations_total',
      help: 'Comparisons of the ledger with Stripe, by how they ended.',
      labelNames: ['status'],
    });
  }

  /** Carries one out; one that failed or was interrupted is done anew. @throws when Stripe cannot be asked */
  async run(id: string, signal: AbortSignal): Promise<void> {
    const em = this.em.fork();
    const { status, fromTime, toTime } = await em.findOneOrFail(Reconciliation, { id });
    if (isOver(status)) return;
    await em.nativeUpdate(Reconciliation, { id }, { status: 'RUNNING', finishedAt: null });
    let comparison: Comparison;
    try {
      comparison = await this.reconciler.compare(fromTime, toTime, signal);
    } catch (error) {
      await this.em.fork().nativeUpdate(Reconciliation, { id }, { status: 'FAILED', finishedAt: new Date() });
      this.finished.inc({ status: 'FAILED' });
      // What failed is kept with the job; Stripe's own error may hold what a cardholder has told.
      throw new Error(`Reconciliation ${id} failed: ${codeOf(error)}`);
    }
    await this.finish(id, comparison);
  }

  private async finish(id: string, { transactions, differences }: Comparison): Promise<void> {
    const status = differences.length > 0 ? 'DIFFERENT' : 'MATCHED';
    await transaction(this.em, async (tx) => {
      const reconciliation = await tx.findOneOrFail(Reconciliation, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (isOver(reconciliation.status)) return;
      Object.assign(reconciliation, { status, transactions, finishedAt: new Date() });
      for (let first = 0; first < differences.length; first += BATCH) {
        const rows = differences.slice(first, first + BATCH);
        await tx.insertMany(
          Difference,
          rows.map((found) => ({ id: newId(), reconciliationId: id, ...found })),
        );
      }
      if (differences.length === 0) return;
      recordEvent(tx, reconciliationDiffered.create({ subject: id, data: { differences: differences.length } }));
    });
    this.finished.inc({ status });
    for (const { kind } of differences) this.found.inc({ kind });
  }
}

function isOver(status: ReconciliationStatus): boolean {
  return status === 'MATCHED' || status === 'DIFFERENT';
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import { insertRows, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import type { RoomDemo } from '@tutorgraph/kit/room/demo';
import { z } from 'zod';
import { Payment } from '../payments/payment.entity.js';
import { Refund } from '../refunds/refund.entity.js';
import { Transfer } from '../transfers/transfer.entity.js';
import { Withdrawal } from '../withdrawals/withdrawal.entity.js';
import { generatePaymentsDemo } from './generate.js';
import { journalRows } from './journal-rows.js';

/** What marketplace's demo tells of its paid lessons. */
const told = z.object({
  lessons: z.array(
    z.object({
      bookingId: z.uuid(),
      studentId: z.uuid(),
      tutorId: z.uuid(),
      tutorUserId: z.uuid(),
      amountMinor: z.number().int().positive(),
      currency: z.string(),
      commissionPercent: z.number().int(),
      paidAt: z.date(),
      completedAt: z.date().nullable(),
    }),
  ),
});

const PAYMENTS = `select id from payments.payments where id::text like :demo`;
const JOURNALS = `select id from payments.journals where id::text like :demo or payment_id in (${PAYMENTS})`;
const TRANSFERS = `select id from payments.transfers where payment_id in (${PAYMENTS})`;

/**
 * The money of the demo, with what came of it afterwards; what really moved at Stripe stays. The ledger is append-only for
 * everybody else.
 */
const CLEARING = [
  ...['postings', 'journals'].map((table) => `alter table payments.${table} disable trigger ${table}_append_only`),
  `delete from payments.postings where journal_id in (${JOURNALS})`,
  `delete from payments.journals where id in (${JOURNALS})`,
  ...['postings', 'journals'].map((table) => `alter table payments.${table} enable trigger ${table}_append_only`),
  'delete from payments.ledger_accounts a where not exists (select from payments.postings where account_id = a.id)',
  `delete from payments.transfer_reversals where transfer_id in (${TRANSFERS})`,
  `delete from payments.transfers where id in (${TRANSFERS})`,
  'delete from payments.withdrawals where id::text like :demo',
  `delete from payments.refunds where payment_id in (${PAYMENTS})`,
  `delete from payments.payments where id in (${PAYMENTS})`,
].map((statement) => statement.replaceAll(':demo', `'${DEMO_ID_PATTERN}'`));

/** Payments of the demo's lessons, and their way through the ledger. */
export const demo: RoomDemo = {
  async isEmpty(em) {
    return (await em.count(Payment)) === 0;
  },

  clear(em) {
    return transaction(em, async (tx) => {
      for (const statement of CLEARING) await tx.execute(statement);
    });
  },

  async load(em: EntityManager, { onProgress, seed, now, told: others }) {
    const { lessons } = told.parse(others?.get('marketplace') ?? { lessons: [] });
    const { payments, refunds, transfers, withdrawals, journals } = generatePaymentsDemo({ seed, now, lessons });
    const rows = [
      rowsOf(Payment, payments),
      rowsOf(Refund, refunds),
      rowsOf(Transfer, transfers),
      rowsOf(Withdrawal, withdrawals),
      journalRows(journals),
    ];
    await insertRows(em, rows, onProgress);
  },
};

import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { CashHolder, Movement } from './stripe-cash.js';

/** What the ledger says of one balance transaction of Stripe, in one currency. */
export interface LedgerCash {
  reference: string;
  currency: string;
  minor: number;
  journalIds: string[];
}

/** A journal's part at one balance of Stripe. */
export interface CashPart extends CashHolder {
  journalId: string;
  recordedAt: string;
  /** The balance transaction that it mirrors; null when it names none. */
  transactionId: string | null;
  /** Is it about a transfer or its reversal? Then that is the platform's transaction. */
  isTransfer: boolean;
  currency: string;
  minor: number;
}

/** Demo data has a ledger, but nothing at Stripe. */
const IS_REAL = sql`(j.stripe_transaction_id is null or j.stripe_transaction_id not like 'demo\\_%')`;
const BATCH = 1_000;

/** What the ledger says of these movements of a holder. */
export async function ledgerOf(
  em: EntityManager,
  { kind, owner }: CashHolder,
  movements: readonly Movement[],
): Promise<LedgerCash[]> {
  const references = movements.map(({ reference }) => reference);
  const { rows } = await sql<{ reference: string; currency: string; minor: string; journal_ids: string[] }>`
    with wanted as (
      select j.id, j.stripe_transaction_id as reference from payments.journals j
       where j.stripe_transaction_id = any(${references}::text[])
      union all
      select j.id, t.stripe_transfer_id from payments.transfers t
        join payments.journals j on j.kind = 'TRANSFER' and j.cause = t.id::text
       where t.stripe_transfer_id = any(${references}::text[])
      union all
      select j.id, r.stripe_reversal_id from payments.transfer_reversals r
        join payments.journals j on j.kind = 'TRANSFER_REVERSAL' and j.cause = r.id::text
       where r.stripe_reversal_id = any(${references}::text[])
    )
    select w.reference, p.currency, sum(p.amount_minor) as minor, array_agg(distinct w.id::text) as journal_ids
      from wanted w join payments.postings p on p.journal_id = w.id
      join payments.ledger_accounts a on a.id = p.account_id
     where a.kind = ${kind} and a.owner = ${owner} group by 1, 2`.execute(em.getKysely());
  return rows.map(({ minor, journal_ids, ...row }) => ({ ...row, minor: Number(minor), journalIds: journal_ids }));
}

/** What a holder has by the ledger, by currency. */
export async function ledgerBalances(em: EntityManager, { kind, owner }: CashHolder): Promise<Map<string, number>> {
  const { rows } = await sql<{ currency: string; minor: string }>`
    select p.currency, sum(p.amount_minor) as minor from payments.ledger_accounts a
      join payments.postings p on p.account_id = a.id join payments.journals j on j.id = p.journal_id
     where a.kind = ${kind} and a.owner = ${owner} and ${IS_REAL} group by 1`.execute(em.getKysely());
  return new Map(rows.map(({ currency, minor }) => [currency, Number(minor)]));
}

/** All that the ledger has recorded of balances at Stripe within a span, some at a time. */
export async function* cashParts(em: EntityManager, from: Date, to: Date): AsyncGenerator<readonly CashPart[]> {
  for (let last: CashPart | undefined; ; ) {
    const parts = await somePartsAfter(em, last, from, to);
    yield parts;
    last = parts.at(-1);
    if (parts.length < BATCH) return;
  }
}

async function somePartsAfter(
  em: EntityManager,
  last: CashPart | undefined,
  from: Date,
  to: Date,
): Promise<readonly CashPart[]> {
  const { rows } = await sql<CashPart>`
    select j.id as "journalId", j.recorded_at::text as "recordedAt", a.kind, a.owner, p.currency,
           pa.stripe_account_id as "stripeAccountId", sum(p.amount_minor)::float8 as minor,
           j.stripe_transaction_id as "transactionId", j.kind in ('TRANSFER', 'TRANSFER_REVERSAL') as "isTransfer"
      from payments.journals j join payments.postings p on p.journal_id = j.id
      join payments.ledger_accounts a on a.id = p.account_id and a.kind in ('PLATFORM_CASH', 'CONNECTED_CASH')
      left join payments.payout_accounts pa on pa.tutor_id::text = a.owner
     where ${last ? beyond(last) : sql`j.recorded_at >= ${from}::timestamptz`} and j.recorded_at < ${to}::timestamptz
       and ${IS_REAL}
     group by j.id, a.id, p.currency, pa.stripe_account_id
     order by j.recorded_at, j.id, a.kind, a.owner, p.currency limit ${BATCH}`.execute(em.getKysely());
  return rows;
}

function beyond({ recordedAt, journalId, kind, owner, currency }: CashPart): RawBuilder<unknown> {
  return sql`(j.recorded_at, j.id, a.kind, a.owner, p.currency)
    > (${recordedAt}::timestamptz, ${journalId}::uuid, ${kind}, ${owner}, ${currency})`;
}

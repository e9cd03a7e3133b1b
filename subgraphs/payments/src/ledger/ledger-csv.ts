import { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import { stringify } from 'csv-stringify';
import { sql } from 'kysely';

/** A posting with its journal and account. */
interface Row {
  recorded_at: string;
  journal_id: string;
  posting_id: string;
  kind: string;
  cause: string;
  payment_id: string | null;
  stripe_transaction_id: string | null;
  account: string;
  owner: string;
  currency: string;
  debit_minor: string | null;
  credit_minor: string | null;
}

const COLUMNS = [
  'recorded_at',
  'journal_id',
  'posting_id',
  'kind',
  'cause',
  'payment_id',
  'stripe_transaction_id',
  'account',
  'owner',
  'currency',
  'debit_minor',
  'credit_minor',
] satisfies (keyof Row)[];
const BATCH = 1_000;

/**
 * Writes the ledger of a span as CSV, a line for each posting in the order in which they were recorded. It reads some at a
 * time, as fast as they are taken. Debits and credits have a column each, so that no amount begins with a sign, and no cell
 * is a formula to a spreadsheet.
 */
export function ledgerCsv(em: EntityManager, from: Date, to: Date): Readable {
  const csv = stringify({ header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' });
  const rows = Readable.from(postings(em, from, to));
  rows.on('error', (error) => csv.destroy(error));
  csv.on('close', () => rows.destroy());
  return rows.pipe(csv);
}

async function* postings(em: EntityManager, from: Date, to: Date): AsyncGenerator<Row> {
  for (let last: Row | undefined; ; ) {
    const beyond = last
      ? sql`(j.recorded_at, j.id, p.id) > (${last.recorded_at}::timestamptz, ${last.journal_id}::uuid, ${last.posting_id}::bigint)`
      : sql`j.recorded_at >= ${from}::timestamptz`;
    const { rows } = await sql<Row>`
      select to_char(j.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at,
             j.id as journal_id, p.id::text as posting_id, j.kind, j.cause, j.payment_id, j.stripe_transaction_id,
             a.kind as account, a.owner, p.currency,
             case when p.amount_minor > 0 then p.amount_minor::text end as debit_minor,
             case when p.amount_minor < 0 then (-p.amount_minor)::text end as credit_minor
        from payments.journals j
        join payments.postings p on p.journal_id = j.id
        join payments.ledger_accounts a on a.id = p.account_id
       where ${beyond} and j.recorded_at < ${to}::timestamptz
       order by j.recorded_at, j.id, p.id limit ${BATCH}`.execute(em.getKysely());
    yield* rows;
    last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
  }
}

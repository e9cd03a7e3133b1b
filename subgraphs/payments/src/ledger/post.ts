import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { type RawBuilder, sql } from 'kysely';
import type { JournalKind, LedgerAccountKind } from './ledger.rules.js';

/** One side of a journal. */
export interface Line {
  account: LedgerAccountKind;
  /** The tutor or student whose account it is, where each has one. */
  owner?: string;
  currency: string;
  /** Minor units; debits are positive. Lines of nothing are left out. */
  amountMinor: number;
}

/** What is to be recorded. */
export interface NewJournal {
  kind: JournalKind;
  /** The id of what happened, ours or Stripe's. */
  cause: string;
  paymentId?: string | null;
  /** Stripe's balance transaction that it mirrors. */
  stripeTransactionId?: string | null;
  lines: readonly Line[];
}

/**
 * Records what happened to money, once for each kind and cause; the database refuses lines that do not sum to zero in
 * each currency.
 *
 * @returns false when it is recorded already; then nothing changes
 */
export async function postJournal(tx: EntityManager, journal: NewJournal, now: Date): Promise<boolean> {
  const lines = journal.lines.filter(({ amountMinor }) => amountMinor !== 0);
  const { kind, cause, paymentId = null, stripeTransactionId = null } = journal;
  const kysely = tx.getKysely();
  const { rows } = await sql<{ id: string }>`
    insert into payments.journals (id, kind, cause, payment_id, stripe_transaction_id, recorded_at)
    values (${newId()}, ${kind}, ${cause}, ${paymentId}, ${stripeTransactionId}, ${now})
    on conflict do nothing returning id`.execute(kysely);
  const id = rows[0]?.id;
  if (!id) return false;
  if (lines.length === 0) return true;
  const wanted = sql.join(lines.map((line) => values(line)));
  await sql`
    insert into payments.ledger_accounts (id, kind, owner, currency, created_at)
    select w.new_id, w.kind, w.owner, w.currency, ${now} from (values ${wanted}) as w(new_id, kind, owner, currency, amount)
    order by w.kind, w.owner, w.currency on conflict do nothing`.execute(kysely);
  await sql`
    insert into payments.postings (journal_id, account_id, currency, amount_minor)
    select ${id}::uuid, a.id, w.currency, w.amount from (values ${wanted}) as w(new_id, kind, owner, currency, amount)
    join payments.ledger_accounts a on a.kind = w.kind and a.owner = w.owner and a.currency = w.currency`.execute(
    kysely,
  );
  return true;
}

function values({ account, owner = '', currency, amountMinor }: Line): RawBuilder<unknown> {
  return sql`(${newId()}::uuid, ${account}::text, ${owner}::text, ${currency}::text, ${amountMinor}::bigint)`;
}

/** What a journal has posted to accounts of a kind, in minor units; debits are positive. */
export async function postedTo(
  tx: EntityManager,
  account: LedgerAccountKind,
  { kind, cause }: Pick<NewJournal, 'kind' | 'cause'>,
): Promise<number> {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(sum(p.amount_minor), 0) as sum from payments.journals j
    join payments.postings p on p.journal_id = j.id join payments.ledger_accounts a on a.id = p.account_id
    where j.kind = ${kind} and j.cause = ${cause} and a.kind = ${account}`.execute(tx.getKysely());
  return Number(rows[0]?.sum ?? 0);
}

/** What an account holds, in minor units; debits are positive. */
export async function balanceOf(
  tx: EntityManager,
  account: LedgerAccountKind,
  owner: string,
  currency: string,
): Promise<number> {
  const { rows } = await sql<{ balance: string }>`
    select coalesce(sum(p.amount_minor), 0) as balance from payments.postings p
    join payments.ledger_accounts a on a.id = p.account_id
    where a.kind = ${account} and a.owner = ${owner} and a.currency = ${currency}`.execute(tx.getKysely());
  return Number(rows[0]?.balance ?? 0);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Journal } from './journal.entity.js';
import type { JournalKind, LedgerAccountKind } from './ledger.rules.js';
import { LedgerAccount } from './ledger-account.entity.js';
import { Posting } from './posting.entity.js';

/** Which accounts are looked for; conditions add up. */
export interface AccountSearch {
  kind?: LedgerAccountKind | null;
  ownerId?: string | null;
  currency?: string | null;
}

/** Which journals are looked for; conditions add up. */
export interface JournalSearch {
  kind?: JournalKind | null;
  account?: AccountSearch | null;
  paymentId?: string | null;
  stripeTransactionId?: string | null;
  from?: Date | null;
  to?: Date | null;
}

/** An account, and up to when its postings count; null: all of them. */
export interface BalanceKey {
  accountId: string;
  at: Date | null;
}

/** A page of the journals, the newest first. @throws BAD_USER_INPUT for an id that is none */
export function findJournals(
  em: EntityManager,
  search: JournalSearch,
  page: PageRequest,
): Promise<Connection<Journal>> {
  const { kind, account, paymentId, stripeTransactionId, from, to } = search;
  const accounts = account ? ofAccount(account) : [];
  const conditions = [
    sql`true`,
    ...(kind ? [sql`t.kind = ${kind}`] : []),
    ...(paymentId ? [sql`t.payment_id = ${knownId(paymentId, 'paymentId')}`] : []),
    ...(stripeTransactionId ? [sql`t.stripe_transaction_id = ${stripeTransactionId}`] : []),
    ...(from ? [sql`t.recorded_at >= ${from}::timestamptz`] : []),
    ...(to ? [sql`t.recorded_at < ${to}::timestamptz`] : []),
    ...(accounts.length > 0
      ? [
          sql`t.id in (select p.journal_id from payments.postings p join payments.ledger_accounts a on a.id = p.account_id
                where ${and(accounts)})`,
        ]
      : []),
  ];
  return keysetPage(
    em,
    {
      entity: Journal,
      from: sql`from payments.journals t where ${and(conditions)}`,
      order: [
        { expression: sql`t.recorded_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** A page of the accounts, by kind, owner and currency. @throws BAD_USER_INPUT for an id that is none */
export function findAccounts(
  em: EntityManager,
  search: AccountSearch,
  page: PageRequest,
): Promise<Connection<LedgerAccount>> {
  return keysetPage(
    em,
    {
      entity: LedgerAccount,
      from: sql`from (select a.* from payments.ledger_accounts a where ${and([sql`true`, ...ofAccount(search)])}) t where true`,
      order: [
        { expression: sql`t.kind`, type: 'text', direction: 'asc' },
        { expression: sql`t.owner`, type: 'text', direction: 'asc' },
        { expression: sql`t.currency`, type: 'text', direction: 'asc' },
      ],
    },
    page,
  );
}

/** Both sides of journals, batched. */
export const postingsOfJournals = defineLoader<string, Posting[]>(
  async ({ em }, journalIds) => {
    const postings = await em.find(Posting, { journalId: { $in: [...journalIds] } }, { orderBy: { id: 'asc' } });
    return Map.groupBy(postings, ({ journalId }) => journalId);
  },
  { absent: () => [] },
);

/** Accounts of the ledger by id, batched. */
export const ledgerAccountsById = defineLoader<string, LedgerAccount>(
  async ({ em }, ids) => {
    const accounts = await em.find(LedgerAccount, { id: { $in: [...ids] } });
    return new Map(accounts.map((account) => [account.id, account]));
  },
  {
    absent: () => {
      throw new Error('A posting without its account, which the database excludes');
    },
  },
);

/** What accounts held at a moment, in minor units, batched: one statement for each moment. */
export const ledgerBalances = defineLoader<BalanceKey, number>(
  async ({ em }, keys) => {
    const found = new Map<string, number>();
    for (const [time, alike] of Map.groupBy(keys, ({ at }) => at?.getTime())) {
      const at = time === undefined ? null : new Date(time);
      const ids = alike.map(({ accountId }) => accountId);
      const { rows } = await sql<{ id: string; minor: string }>`
        select p.account_id as id, sum(p.amount_minor) as minor from payments.postings p
        ${at ? sql`join payments.journals j on j.id = p.journal_id and j.recorded_at < ${at}::timestamptz` : sql``}
        where p.account_id = any(${ids}::uuid[]) group by 1`.execute(em.getKysely());
      for (const { id, minor } of rows) found.set(balanceKey({ accountId: id, at }), Number(minor));
    }
    return found;
  },
  { keyOf: balanceKey, absent: () => 0 },
);

function balanceKey({ accountId, at }: BalanceKey): string {
  return `${accountId} ${at?.getTime() ?? ''}`;
}

function ofAccount({ kind, ownerId, currency }: AccountSearch): RawBuilder<unknown>[] {
  return [
    ...(kind ? [sql`a.kind = ${kind}`] : []),
    ...(ownerId ? [sql`a.owner = ${knownId(ownerId, 'ownerId')}`] : []),
    ...(currency ? [sql`a.currency = ${currency}`] : []),
  ];
}

function knownId(id: string, field: string): string {
  if (!isId(id)) throw badUserInput(`filter: ${field} must be an id`);
  return id;
}

function and(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}

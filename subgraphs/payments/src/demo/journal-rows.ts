import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { RowSet } from '@tutorgraph/kit/demo/insert-rows';
import { sql } from 'kysely';
import { Journal } from '../ledger/journal.entity.js';
import type { DemoJournal } from './generate.js';

/** Journals with their postings, ready to be inserted many at a time. */
export function journalRows(journals: readonly DemoJournal[]): RowSet {
  return {
    count: journals.length,
    insert: (tx, first, count) => insertJournals(tx, journals.slice(first, first + count)),
  };
}

async function insertJournals(tx: EntityManager, journals: readonly DemoJournal[]): Promise<void> {
  await tx.insertMany(
    Journal,
    journals.map(({ lines: _, ...journal }) => journal),
  );
  const lines = journals.flatMap(({ id, lines: sides, recordedAt: at }) =>
    sides
      .filter(({ amountMinor }) => amountMinor !== 0)
      .map(({ account: kind, owner = '', currency, amountMinor: amount }) => {
        return { account_id: newId(), journal_id: id, kind, owner, currency, amount, at };
      }),
  );
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
    as w(account_id uuid, journal_id uuid, kind text, owner text, currency text, amount bigint, at timestamptz)`;
  const db = tx.getKysely();
  await sql`
    insert into payments.ledger_accounts (id, kind, owner, currency, created_at)
    select distinct on (w.kind, w.owner, w.currency) w.account_id, w.kind, w.owner, w.currency, w.at from ${wanted}
    order by w.kind, w.owner, w.currency, w.at on conflict do nothing`.execute(db);
  await sql`
    insert into payments.postings (journal_id, account_id, currency, amount_minor)
    select w.journal_id, a.id, w.currency, w.amount from ${wanted}
    join payments.ledger_accounts a on a.kind = w.kind and a.owner = w.owner and a.currency = w.currency`.execute(db);
}

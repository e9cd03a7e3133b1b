import { openPool } from '@tutorgraph/kit/bench/database';
import { newId } from '@tutorgraph/kit/database/id';

const CONNECTIONS = 4;
const AMOUNTS = [2_500, -1_675, -825];
const KINDS = ['PLATFORM_CASH', 'TUTOR_PENDING', 'COMMISSION'];

/** The same work as a webhook's, without anything around it. */
export interface BarePayments {
  /** Payments that wait for their money. @returns their ids */
  addPayments(count: number): Promise<string[]>;
  /** One payment succeeds: the statements that this cannot do without, in the same tables. */
  pay(): Promise<void>;
  close(): Promise<void>;
}

const ADD = `insert into payments.payments (id, kind, method, status, payer_id, tutor_id, booking_id, amount_minor, currency,
    commission_percent, share_minor, tax_minor, created_at, updated_at)
  select id, 'LESSON', 'INTENT', 'PENDING', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 2500, 'EUR', 33, 1675, 0,
    now(), now() from unnest($1::uuid[]) as id`;

export async function barePayments(databaseUrl: string): Promise<BarePayments> {
  const pool = openPool(databaseUrl, CONNECTIONS);
  const accounts = KINDS.map(() => newId());
  await pool.query(
    `insert into payments.ledger_accounts (id, kind, owner, currency, created_at)
     select id, kind, 'bench', 'EUR', now() from unnest($1::uuid[], $2::text[]) as t(id, kind)`,
    [accounts, KINDS],
  );
  const addPayments = async (count: number) => {
    const ids = Array.from({ length: count }, () => newId());
    await pool.query(ADD, [ids]);
    return ids;
  };
  let waiting: string[] = [];
  return {
    addPayments,
    async pay() {
      if (waiting.length === 0) waiting = await addPayments(1_000);
      const id = waiting.pop();
      const client = await pool.connect();
      const run = (text: string, values: unknown[]) => client.query(text, values);
      try {
        await client.query('begin');
        await run(`insert into payments.stripe_events values ($1, 'payment_intent.succeeded', null, now(), now())`, [
          newId(),
        ]);
        await run('insert into payments.stripe_objects values ($1, 1)', [newId()]);
        await run('select * from payments.payments where id = $1 for update', [id]);
        await run(
          `update payments.payments set status = 'SUCCEEDED', paid_at = now(), updated_at = now() where id = $1`,
          [id],
        );
        const journal = newId();
        await run(`insert into payments.journals values ($1, 'PAYMENT', $2::text, $2::uuid, null, now())`, [
          journal,
          id,
        ]);
        await run(
          `insert into payments.postings (journal_id, account_id, currency, amount_minor)
           select $1, a.id, 'EUR', a.amount from unnest($2::uuid[], $3::bigint[]) as a(id, amount)`,
          [journal, accounts, AMOUNTS],
        );
        await run('insert into payments.outbox (event) values ($1)', [{ type: 'bench' }]);
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

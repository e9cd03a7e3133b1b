import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** What a tutor has in one currency, in minor units. */
export interface TutorBalance {
  currency: string;
  /** Shares of paid lessons that are not due yet. */
  pendingMinor: number;
  /** Shares that are due, at Stripe already or on their way, without what is frozen. */
  availableMinor: number;
  frozenMinor: number;
  /** What went back to students though the tutor had it already. */
  owedMinor: number;
  /** At Stripe, by our ledger. */
  connectedMinor: number;
  /** Of that, what reversals are taking; it is not among what is due any more. */
  reversingMinor: number;
  /** Of that, what withdrawals are taking that Stripe has not made yet. */
  approvedMinor: number;
  /** What withdrawals want that staff has not decided on. */
  requestedMinor: number;
}

/** What tutors have, by currency; one statement for all of them. */
export async function tutorBalances(
  em: EntityManager,
  tutorIds: readonly string[],
): Promise<Map<string, readonly TutorBalance[]>> {
  const ids = [...tutorIds];
  const { rows } = await sql<Record<keyof TutorBalance | 'owner', string>>`
    with held as (
      select a.owner, a.currency, a.kind, sum(p.amount_minor) as minor
      from payments.ledger_accounts a join payments.postings p on p.account_id = a.id
      where a.owner = any(${ids}::text[])
        and a.kind in ('TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_FROZEN', 'TUTOR_OWES', 'CONNECTED_CASH')
      group by 1, 2, 3
      union all
      select t.tutor_id::text, t.currency, 'REVERSING', r.amount_minor
      from payments.transfer_reversals r join payments.transfers t on t.id = r.transfer_id
      where r.status = 'PENDING' and t.tutor_id = any(${ids}::uuid[])
      union all
      select tutor_id::text, currency, status, amount_minor
      from payments.withdrawals
      where status in ('REQUESTED', 'APPROVED') and tutor_id = any(${ids}::uuid[])
    )
    select owner, currency,
      -coalesce(sum(minor) filter (where kind = 'TUTOR_PENDING'), 0) as "pendingMinor",
      -coalesce(sum(minor) filter (where kind = 'TUTOR_AVAILABLE'), 0) as "availableMinor",
      -coalesce(sum(minor) filter (where kind = 'TUTOR_FROZEN'), 0) as "frozenMinor",
      coalesce(sum(minor) filter (where kind = 'TUTOR_OWES'), 0) as "owedMinor",
      coalesce(sum(minor) filter (where kind = 'CONNECTED_CASH'), 0) as "connectedMinor",
      coalesce(sum(minor) filter (where kind = 'REVERSING'), 0) as "reversingMinor",
      coalesce(sum(minor) filter (where kind = 'APPROVED'), 0) as "approvedMinor",
      coalesce(sum(minor) filter (where kind = 'REQUESTED'), 0) as "requestedMinor"
    from held group by owner, currency order by currency`.execute(em.getKysely());
  const balances = new Map<string, TutorBalance[]>();
  for (const { owner, currency, ...minor } of rows) {
    const numbers = Object.fromEntries(Object.entries(minor).map(([name, value]) => [name, Number(value)]));
    const own = balances.get(owner) ?? [];
    // The statement names exactly these.
    own.push({ currency, ...numbers } as unknown as TutorBalance);
    balances.set(owner, own);
  }
  return balances;
}

/** What a tutor has in one currency; lock the tutor first and flush what was changed. */
export async function tutorBalance(tx: EntityManager, tutorId: string, currency: string): Promise<TutorBalance> {
  const all = (await tutorBalances(tx, [tutorId])).get(tutorId) ?? [];
  return all.find((balance) => balance.currency === currency) ?? { ...NOTHING, currency };
}

const NOTHING = {
  pendingMinor: 0,
  availableMinor: 0,
  frozenMinor: 0,
  owedMinor: 0,
  connectedMinor: 0,
  reversingMinor: 0,
  approvedMinor: 0,
  requestedMinor: 0,
};

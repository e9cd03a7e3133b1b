import type { EntityManager } from '@mikro-orm/postgresql';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';

/** A span of time: from, inclusive, to, exclusive. */
export interface Span {
  from: Date;
  to: Date;
}

/** An amount of one currency, in minor units. */
export interface MoneyOfCurrency {
  currency: string;
  amountMinor: number;
}

/** What money of one currency did, in minor units. */
export interface MoneyFigures {
  currency: string;
  /** What students paid. */
  grossVolume: number;
  /** Commission, premium, courses and what was lost of packages, without tax, less fees, losses and goodwill. */
  netRevenue: number;
  /** What went back to students. */
  refunds: number;
  /** What tutors took to their banks. */
  payouts: number;
}

/** @see MoneyFigures */
export interface DayFigures extends MoneyFigures {
  /** `YYYY-MM-DD`, by UTC. */
  date: string;
}

/** What the platform earned and spent in a month, in minor units. */
export interface MonthFigures {
  /** The first day of the month, `YYYY-MM-DD`. */
  month: string;
  currency: string;
  revenue: number;
  fees: number;
  losses: number;
}

/** What money did on each day of spans, from the ledger: one statement for a span, whatever is asked of it. */
export const moneyByDay = defineLoader<Span, DayFigures[]>(
  async ({ em }, spans) => {
    const found = new Map<string, DayFigures[]>();
    for (const span of spans) found.set(keyOf(span), await countMoney(em, span));
    return found;
  },
  { keyOf, absent: () => [] },
);

/** What courses earned within a span, in each currency: what was paid without tax, less what went back. */
export async function countCourseRevenue(em: EntityManager, { from, to }: Span): Promise<MoneyOfCurrency[]> {
  const { rows } = await sql<MoneyOfCurrency>`
    select p.currency, coalesce(-sum(p.amount_minor), 0)::float8 as "amountMinor"
      from payments.journals j join payments.postings p on p.journal_id = j.id
      join payments.ledger_accounts a on a.id = p.account_id and a.kind = 'COURSES'
     where j.recorded_at >= ${from}::timestamptz and j.recorded_at < ${to}::timestamptz
     group by p.currency order by p.currency`.execute(em.getKysely());
  return rows;
}

/** How many tutors were premium at the end of a span. */
export async function countPremium(em: EntityManager, { to }: Span): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from payments.premium_memberships m
     where (m.ended_at is null or m.ended_at >= ${to}::timestamptz)
       and exists (select from payments.premium_invoices i where i.membership_id = m.id and i.paid_at < ${to}::timestamptz)`.execute(
    em.getKysely(),
  );
  return rows[0]?.count ?? 0;
}

/** What the platform earned and spent, by month and currency. */
export async function profitByMonth(em: EntityManager, { from, to }: Span): Promise<MonthFigures[]> {
  const { rows } = await sql<MonthFigures>`
    select to_char(date_trunc('month', j.recorded_at at time zone 'UTC'), 'YYYY-MM-DD') as month, p.currency,
           coalesce(-sum(p.amount_minor) filter (where a.kind in ('COMMISSION', 'PREMIUM', 'COURSES', 'BREAKAGE')), 0)::float8 as revenue,
           coalesce(sum(p.amount_minor) filter (where a.kind = 'STRIPE_FEES'), 0)::float8 as fees,
           coalesce(sum(p.amount_minor) filter (where a.kind in ('DISPUTE_LOSS', 'GOODWILL')), 0)::float8 as losses
      from payments.journals j join payments.postings p on p.journal_id = j.id
      join payments.ledger_accounts a on a.id = p.account_id
       and a.kind in ('COMMISSION', 'PREMIUM', 'COURSES', 'BREAKAGE', 'STRIPE_FEES', 'DISPUTE_LOSS', 'GOODWILL')
     where j.recorded_at >= ${from}::timestamptz and j.recorded_at < ${to}::timestamptz
     group by 1, 2 order by 1, 2`.execute(em.getKysely());
  return rows;
}

async function countMoney(em: EntityManager, { from, to }: Span): Promise<DayFigures[]> {
  const { rows } = await sql<DayFigures>`
    select to_char(j.recorded_at at time zone 'UTC', 'YYYY-MM-DD') as date, p.currency,
           coalesce(sum(p.amount_minor) filter (where j.kind = 'PAYMENT' and a.kind = 'PLATFORM_CASH'), 0)::float8
             as "grossVolume",
           coalesce(-sum(p.amount_minor) filter (where a.kind in
             ('COMMISSION', 'PREMIUM', 'COURSES', 'BREAKAGE', 'STRIPE_FEES', 'DISPUTE_LOSS', 'GOODWILL')), 0)::float8 as "netRevenue",
           coalesce(-sum(p.amount_minor) filter (where j.kind in ('REFUND_MADE', 'REFUND_FAILED')
             and a.kind = 'PLATFORM_CASH'), 0)::float8 as refunds,
           coalesce(-sum(p.amount_minor) filter (where j.kind in ('WITHDRAWAL', 'WITHDRAWAL_FAILED')
             and a.kind = 'CONNECTED_CASH'), 0)::float8 as payouts
      from payments.journals j join payments.postings p on p.journal_id = j.id
      join payments.ledger_accounts a on a.id = p.account_id
     where j.recorded_at >= ${from}::timestamptz and j.recorded_at < ${to}::timestamptz
     group by 1, 2 order by 1, 2`.execute(em.getKysely());
  return rows;
}

function keyOf({ from, to }: Span): string {
  return `${from.getTime()} ${to.getTime()}`;
}

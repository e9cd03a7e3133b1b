import type { Story } from './money-actions.js';
import type { MoneyWorld } from './money-world.js';

/** How everything of a story stands, in words that do not name it: equal stories end in equal states. */
export async function stateOf(world: MoneyWorld, { lessons, group }: Story): Promise<object> {
  const names = new Map<string, string>();
  for (const [index, { tutorId }] of group.tutors.entries()) names.set(tutorId, `tutor ${index}`);
  const bookings = await world.rows<{ id: string; status: string; student_id: string }>(
    'select id, status, student_id from marketplace.bookings where id = any($1)',
    [lessons.map(({ bookingId }) => bookingId)],
  );
  for (const [index, { bookingId, student }] of lessons.entries()) {
    const booking = bookings.find(({ id }) => id === bookingId);
    if (booking) names.set(booking.student_id, `student ${group.students.indexOf(student)}`);
    names.set(bookingId, `lesson ${index}`);
  }
  const tutorIds = group.tutors.map(({ tutorId }) => tutorId);
  const of = (text: string) => world.rows<Record<string, unknown>>(text, [tutorIds]);
  const [payments, refunds, transfers, withdrawals, packages, balances, disputes] = await Promise.all([
    of(`select coalesce(booking_id, package_id) as what, kind, method, status, amount_minor, share_minor, refunded_minor,
      share_refunded_minor, transferred_minor, share_status, settle_at is null as settled, frozen_at is null as free
      from payments.payments where tutor_id = any($1) order by created_at`),
    of(`select coalesce(p.booking_id, p.package_id) as what, r.reason, r.status, r.amount_minor, r.share_minor
      from payments.refunds r join payments.payments p on p.id = r.payment_id where p.tutor_id = any($1) order by r.created_at`),
    of(`select p.booking_id as what, t.status, t.amount_minor, t.reversed_minor from payments.transfers t
      left join payments.payments p on p.id = t.payment_id where t.tutor_id = any($1)
      order by t.tutor_id, p.created_at, t.created_at`),
    of(
      `select tutor_id as what, status, amount_minor from payments.withdrawals where tutor_id = any($1) order by created_at`,
    ),
    of(`select status, lessons, used_lessons, refunded_lessons, credit_minor from payments.packages
      where tutor_id = any($1) order by created_at`),
    of(`select a.kind, a.owner as what, a.currency, sum(p.amount_minor) as balance from payments.postings p
      join payments.ledger_accounts a on a.id = p.account_id
      where a.owner = any(select unnest($1::text[]))
        or a.owner in (select payer_id::text from payments.payments where tutor_id = any($1::uuid[]))
      group by a.kind, a.owner, a.currency having sum(p.amount_minor) <> 0 order by a.kind`),
    of(`select p.booking_id as what, d.status, d.amount_minor, d.frozen_minor from payments.disputes d
      join payments.payments p on p.id = d.payment_id where p.tutor_id = any($1) order by d.opened_at`),
  ]);
  const named = (rows: Record<string, unknown>[]) =>
    rows.map((row) => ({ ...row, ...('what' in row && { what: names.get(String(row['what'])) ?? 'package' }) }));
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  return {
    bookings: lessons.map(({ bookingId }) => bookings.find(({ id }) => id === bookingId)?.status),
    payments: named(payments),
    refunds: sorted(named(refunds)),
    transfers: sorted(named(transfers)),
    withdrawals: named(withdrawals),
    packages,
    balances: sorted(named(balances)),
    disputes: sorted(named(disputes)),
  };
}

/** What must hold of all money, whatever happened. @returns what does not */
export async function violations(world: MoneyWorld): Promise<string[]> {
  const rules: Readonly<Record<string, string>> = {
    'a journal does not sum to zero': `select journal_id from payments.postings group by journal_id, currency having sum(amount_minor) <> 0`,
    'a booking was paid twice': `select booking_id from payments.payments where kind = 'LESSON' and paid_at is not null
      group by booking_id having count(*) > 1`,
    'more went back than had come': `select p.id from payments.payments p join payments.refunds r on r.payment_id = p.id
      where r.status <> 'FAILED' group by p.id having sum(r.amount_minor) > p.amount_minor`,
    'more was transferred than the share': `select p.id from payments.payments p join payments.transfers t on t.payment_id = p.id
      where t.status <> 'FAILED' group by p.id having sum(t.amount_minor - t.reversed_minor) > p.share_minor - p.share_refunded_minor
      and not exists (select 1 from payments.journals j where j.kind = 'DEBT' and j.payment_id = p.id)`,
    'a dead letter lies about': `select event from payments.dead_letters union all select event from marketplace.dead_letters`,
  };
  const found = await Promise.all(
    Object.entries(rules).map(async ([name, text]) =>
      (await world.rows(text)).map((row) => `${name}: ${JSON.stringify(row).slice(0, 300)}`),
    ),
  );
  return [...found.flat(), ...(await chargesOfBookings(world)), ...(await balanceDifferences(world))];
}

/** At Stripe too each booking is charged once at most. */
async function chargesOfBookings({ stripe }: MoneyWorld): Promise<string[]> {
  const payments = new Map<string, number>();
  for await (const { status, metadata } of stripe.charges.list({ limit: 100 })) {
    const id = metadata['paymentId'];
    if (status === 'succeeded' && id) payments.set(id, (payments.get(id) ?? 0) + 1);
  }
  return [...payments].flatMap(([id, count]) => (count > 1 ? [`payment ${id} was charged ${count} times`] : []));
}

/** The ledger's cash is what Stripe says that it is, the platform's and each tutor's. */
async function balanceDifferences(world: MoneyWorld): Promise<string[]> {
  const ledger = await world.rows<{ account: string | null; currency: string; balance: string }>(
    `select o.stripe_account_id as account, a.currency, sum(p.amount_minor) as balance from payments.postings p
     join payments.ledger_accounts a on a.id = p.account_id
     left join payments.payout_accounts o on o.tutor_id::text = a.owner
     where a.kind in ('PLATFORM_CASH', 'CONNECTED_CASH') group by o.stripe_account_id, a.currency`,
  );
  const accounts = await world.rows<{ id: string }>(
    'select stripe_account_id as id from payments.payout_accounts where stripe_account_id is not null',
  );
  const differences: string[] = [];
  for (const account of [null, ...accounts.map(({ id }) => id)]) {
    const { available, pending } = await world.stripe.balance.retrieve({}, account ? { stripeAccount: account } : {});
    const atStripe = new Map<string, number>();
    for (const { currency, amount } of [...available, ...pending]) {
      const code = currency.toUpperCase();
      atStripe.set(code, (atStripe.get(code) ?? 0) + amount);
    }
    const own = ledger.filter((row) => row.account === account);
    for (const currency of new Set([...atStripe.keys(), ...own.map((row) => row.currency)])) {
      const [said, is] = [
        Number(own.find((row) => row.currency === currency)?.balance ?? 0),
        atStripe.get(currency) ?? 0,
      ];
      if (said !== is) differences.push(`${account ?? 'the platform'} has ${is} ${currency}, the ledger says ${said}`);
    }
  }
  return differences;
}

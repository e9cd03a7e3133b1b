import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';

const payerAndStaff = ['payer', 'staff'];
const andServices = [...payerAndStaff, 'service'];

const PAYMENT =
  'booking checkoutUrl createdAt expiresAt failureMessage kind method package paidAt payer receiptUrl refunds tutor';
const PACKAGE = 'amount createdAt durationMinutes lessonsLeft payment student tutor';
/** What services of ours see, whose token names it. */
const PAYMENT_FOR_SERVICES = 'id amount refundedAmount status';
const PACKAGE_FOR_SERVICES = 'id credit lessons status subject validUntil';

const SERVICE_SCOPES = [
  ...PAYMENT_FOR_SERVICES.split(' ').map((field) => `Payment.${field}`),
  ...PACKAGE_FOR_SERVICES.split(' ').map((field) => `LessonPackage.${field}`),
];

/** Of whom these accounts of the ledger are. */
const OWNER = 'the figures';

/** Entities of the payments room. */
export const paymentsEntities: readonly EntityRights[] = [
  {
    title: 'a payment for a lesson',
    room: 'payments',
    type: 'Payment',
    make: (world) => makePurchase(world, 'payment'),
    seenBy: {
      ...all(PAYMENT, payerAndStaff),
      ...all(PAYMENT_FOR_SERVICES, andServices),
      disputes: ['staff'],
      course: [],
    },
  },
  {
    title: 'a package of lessons',
    room: 'payments',
    type: 'LessonPackage',
    make: (world) => makePurchase(world, 'package'),
    seenBy: { ...all(PACKAGE, payerAndStaff), ...all(PACKAGE_FOR_SERVICES, andServices) },
  },
  {
    title: 'a booking that is paid',
    room: 'payments',
    type: 'Booking',
    make: (world) => makePurchase(world, 'booking'),
    // Who asks by an id has it.
    seenBy: { id: ['payer', 'tutor', 'staff', 'somebody', 'nobody', 'service'], payment: payerAndStaff },
  },
  {
    title: "the platform's money",
    room: 'payments',
    type: 'PlatformMetrics',
    make: makeFigures,
    seenBy: {
      ...all('from to', ['accountant', 'supervisor', 'nobody']),
      ...all('activePremium grossVolume moneyByDay netRevenue payouts refunds', ['accountant']),
    },
  },
  {
    title: 'what courses earned',
    room: 'payments',
    type: 'ProfitReport',
    make: makeCourseRevenue,
    seenBy: { ...all('from to', ['accountant', 'supervisor', 'nobody']), courseRevenue: ['accountant'] },
  },
];

/** A day on which money came in, went back to a student and out to a tutor. */
async function makeFigures({ graph }: World): Promise<MadeEntity> {
  await runSql(
    graph.databaseUrl,
    `insert into payments.ledger_accounts (id, kind, owner, currency, created_at)
     select gen_random_uuid(), kind, $1, 'EUR', now()
     from unnest(array['PLATFORM_CASH', 'CONNECTED_CASH', 'COMMISSION']) as kind`,
    [OWNER],
  );
  for (const [kind, account, minor] of [
    ['PAYMENT', 'PLATFORM_CASH', 100],
    ['REFUND_MADE', 'PLATFORM_CASH', -40],
    ['WITHDRAWAL', 'CONNECTED_CASH', -30],
  ]) {
    await runSql(
      graph.databaseUrl,
      `with journal as (
         insert into payments.journals (id, kind, cause, recorded_at)
         values (gen_random_uuid(), $1, 'a movement', '2026-01-02') returning id
       )
       insert into payments.postings (journal_id, account_id, currency, amount_minor)
       select journal.id, a.id, a.currency, case a.kind when $2 then $3::bigint else -$3::bigint end
       from journal, payments.ledger_accounts a where a.kind in ($2, 'COMMISSION') and a.owner = $4`,
      [kind, account, minor, OWNER],
    );
  }
  return {
    key: { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
    viewers: await leaders({ graph }),
  };
}

/** A month in which somebody paid for a course. */
async function makeCourseRevenue({ graph }: World): Promise<MadeEntity> {
  await runSql(
    graph.databaseUrl,
    `with journal as (
       insert into payments.journals (id, kind, cause, recorded_at)
       values (gen_random_uuid(), 'PAYMENT', 'a course', '2026-03-02') returning id
     ), accounts as (
       insert into payments.ledger_accounts (id, kind, owner, currency, created_at)
       select gen_random_uuid(), kind, 'a course', 'EUR', now() from unnest(array['PLATFORM_CASH', 'COURSES']) as kind
       returning id, kind
     )
     insert into payments.postings (journal_id, account_id, currency, amount_minor)
     select journal.id, accounts.id, 'EUR', case kind when 'COURSES' then -100 else 100 end from journal, accounts`,
    [],
  );
  return { key: { from: '2026-03-01', to: '2026-03-31' }, viewers: await leaders({ graph }) };
}

async function leaders({ graph }: Pick<World, 'graph'>): Promise<MadeEntity['viewers']> {
  const [accountant, supervisor] = [await graph.person('ADMIN'), await graph.person('SUPERVISOR')];
  return { accountant: accountant.authorization, supervisor: supervisor.authorization, nobody: undefined };
}

function all(fields: string, viewers: readonly string[]): EntityRights['seenBy'] {
  return Object.fromEntries(fields.split(' ').map((field) => [field, viewers]));
}

/** A package, the payment for it, and one for a lesson; with all that one may have, whatever it would mean together. */
async function makePurchase({ graph }: World, which: 'payment' | 'package' | 'booking'): Promise<MadeEntity> {
  const [payer, tutor, staff] = [
    await graph.person('STUDENT'),
    await graph.person('TUTOR'),
    await graph.person('SUPERVISOR'),
  ];
  const ids = { payment: newId(), package: newId(), booking: newId() };
  const tutorId = newId();
  await runSql(
    graph.databaseUrl,
    `insert into payments.packages (id, status, student_id, tutor_id, subject_id, duration_minutes, lessons, amount_minor,
       currency, commission_percent, credit_minor, valid_days, valid_until, created_at, updated_at)
     values ($1, 'ACTIVE', $2, $3, $4, 60, 5, 10000, 'EUR', 33, 10000, 180, now() + interval '180 days', now(), now())`,
    [ids.package, payer.userId, tutorId, newId()],
  );
  await runSql(
    graph.databaseUrl,
    `insert into payments.payments (id, kind, method, status, payer_id, tutor_id, booking_id, package_id, amount_minor,
       currency, commission_percent, share_minor, tax_minor, checkout_url, failure_code, expires_at, paid_at, created_at,
       updated_at)
     select p.id, p.kind, 'CHECKOUT', 'SUCCEEDED', $3, $4, p.booking_id, $5, 2500, 'EUR', 33, p.share, 0,
       'https://checkout.test', 'card_declined', now(), now(), now(), now()
     from (values ($1::uuid, 'LESSON', $2::uuid, 1675), (gen_random_uuid(), 'PACKAGE', null, 0))
       as p(id, kind, booking_id, share)`,
    [ids.payment, ids.booking, payer.userId, tutorId, ids.package],
  );
  await runSql(
    graph.databaseUrl,
    `insert into payments.refunds (id, payment_id, status, reason, amount_minor, share_minor, tax_minor, cause, created_at)
     values (gen_random_uuid(), $1, 'PENDING', 'BY_STAFF', 100, 67, 0, gen_random_uuid()::text, now())`,
    [ids.payment],
  );
  await runSql(
    graph.databaseUrl,
    `insert into payments.disputes (id, stripe_dispute_id, payment_id, status, reason, amount_minor, currency, opened_at)
     values (gen_random_uuid(), $2, $1, 'NEEDS_RESPONSE', 'fraudulent', 100, 'EUR', now())`,
    [ids.payment, `dp_${ids.payment}`],
  );
  return {
    key: { id: ids[which] },
    viewers: {
      payer: payer.authorization,
      tutor: tutor.authorization,
      staff: staff.authorization,
      somebody: (await graph.person('STUDENT')).authorization,
      nobody: undefined,
      service: await graph.service('payments', SERVICE_SCOPES),
    },
  };
}

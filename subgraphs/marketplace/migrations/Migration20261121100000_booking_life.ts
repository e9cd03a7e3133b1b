import { Migration } from '@mikro-orm/migrations';

const FIRST_RULES = JSON.stringify({
  holdMinutes: 5,
  paymentMinutes: 35,
  freeReschedulingHours: 12,
  lastReschedulingHours: 2,
  refunds: [
    { hoursLeft: 12, percent: 100 },
    { hoursLeft: 4, percent: 50 },
  ],
  noShowAfterMinutes: 15,
  disputeHours: 48,
  completedAfterHours: 24,
  trial: { minutes: 50, pricePercent: 100, mostTutors: 3, commissionPercent: 100 },
  packages: {
    sizes: [
      { lessons: 5, discountPercent: 5 },
      { lessons: 10, discountPercent: 10 },
      { lessons: 20, discountPercent: 15 },
    ],
    validDays: 180,
  },
  commission: [
    { fromHours: 0, percent: 33 },
    { fromHours: 21, percent: 28 },
    { fromHours: 51, percent: 25 },
    { fromHours: 201, percent: 22 },
    { fromHours: 401, percent: 18 },
  ],
});

/** The life of a booking: its rules, calendars, prices and states, and no overlap for anybody. */
export class Migration20261121100000_booking_life extends Migration {
  override up(): void {
    this.addSql('create extension if not exists btree_gist with schema public');
    this.addSql(
      `create table "marketplace"."calendars" ("id" uuid not null, "user_id" uuid not null, "feed_version" int not null default 1, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "marketplace"."calendars" add constraint "calendars_user_unique" unique ("user_id")`);
    this.addSql(
      `create table "marketplace"."idempotency_keys" ("viewer_id" uuid not null, "mutation" text not null, "key" text not null, "input_hash" text not null, "result" jsonb not null, "created_at" timestamptz not null, primary key ("viewer_id", "mutation", "key"))`,
    );
    this.addSql(`create index "idempotency_keys_oldest" on "marketplace"."idempotency_keys" ("created_at")`);
    this.addSql(
      `create table "marketplace"."policies" ("id" uuid not null, "version" int not null, "rules" jsonb not null, "published_by" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "marketplace"."policies" add constraint "policies_version_unique" unique ("version")`);
    this.addSql(
      `insert into "marketplace"."policies" ("id", "version", "rules", "created_at") values ('01900000-0000-7000-8000-000000000001', 1, '${FIRST_RULES}', '2026-11-21T00:00:00Z')`,
    );
    this.addSql(
      `create table "marketplace"."student_rates" ("id" uuid not null, "tutor_id" uuid not null, "student_id" uuid not null, "subject_id" uuid not null, "rate_minor" bigint not null, "currency" text not null, "proposed_minor" bigint null, "proposed_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "student_rates_of_student" on "marketplace"."student_rates" ("student_id", "updated_at", "id")`,
    );
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_once" unique ("tutor_id", "student_id", "subject_id")`,
    );
    this.addSql(`alter table "marketplace"."bookings" drop constraint "bookings_application_id_foreign"`);
    this.addSql(`alter table "marketplace"."bookings" drop constraint "bookings_order_id_foreign"`);
    this.addSql(`alter table "marketplace"."bookings" drop constraint "bookings_once_per_application"`);
    this.addSql(`alter table "marketplace"."bookings" drop constraint "bookings_status_check"`);
    this.addSql(
      `alter table "marketplace"."bookings" add "kind" text not null default 'REGULAR', add "amount_minor" bigint not null default '0', add "package_id" uuid null, add "policy_id" uuid not null default '01900000-0000-7000-8000-000000000001', add "commission_percent" int not null default 33, add "series_id" uuid null, add "expires_at" timestamptz null, add "paid_at" timestamptz null, add "moved_late_at" timestamptz null, add "sequence" int not null default 0, add "started_at" timestamptz null, add "completed_at" timestamptz null, add "cancelled_at" timestamptz null, add "cancelled_by" text null, add "cancel_reason" text null, add "refund_percent" int null, add "absent" text null, add "no_show_reported_at" timestamptz null, add "disputed_at" timestamptz null, add "dispute_statement" text null, add "dispute_resolved_at" timestamptz null, add "dispute_resolved_by" uuid null, add "reminded_hours" int[] not null default '{}', add "meeting_provider" text null, add "meeting_id" text null, add "meeting_url" text null`,
    );
    // Bookings from before had these rules, and an hour's price for the time that they took.
    this.addSql(
      `alter table "marketplace"."bookings" alter column "policy_id" drop default, alter column "commission_percent" drop default`,
    );
    this.addSql(
      `update "marketplace"."bookings" set amount_minor = round(price_minor * extract(epoch from ends_at - starts_at) / 3600) where ends_at is not null`,
    );
    this.addSql(
      `update "marketplace"."bookings" set cancelled_at = updated_at, cancelled_by = 'SYSTEM' where status = 'CANCELLED'`,
    );
    this.addSql(
      `update "marketplace"."bookings" set paid_at = created_at, started_at = starts_at, completed_at = coalesce(ends_at, updated_at) where status = 'COMPLETED'`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_policy_id_foreign" foreign key ("policy_id") references "marketplace"."policies" ("id")`,
    );
    this.addSql(`alter table "marketplace"."bookings" alter column "order_id" drop not null`);
    this.addSql(`alter table "marketplace"."bookings" alter column "application_id" drop not null`);
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_application_id_foreign" foreign key ("application_id") references "marketplace"."applications" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_order_id_foreign" foreign key ("order_id") references "marketplace"."orders" ("id")`,
    );
    this.addSql(`create index "bookings_of_application" on "marketplace"."bookings" ("application_id")`);
    this.addSql(`create index "bookings_of_series" on "marketplace"."bookings" ("series_id", "starts_at")`);
    this.addSql(`create index "bookings_of_tutor_by_time" on "marketplace"."bookings" ("tutor_id", "starts_at")`);
    this.addSql(`create index "bookings_of_student_by_time" on "marketplace"."bookings" ("student_id", "starts_at")`);
    this.addSql(
      `create index "bookings_to_expire" on "marketplace"."bookings" ("expires_at") where expires_at is not null`,
    );
    this.addSql(
      `create unique index bookings_unscheduled_once_per_application on marketplace.bookings (application_id) where status = 'UNSCHEDULED'`,
    );
    this.addSql(
      `create unique index bookings_trial_once_per_tutor on marketplace.bookings (student_id, tutor_id) where kind = 'TRIAL' and status not in ('CANCELLED', 'EXPIRED')`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_tutor_free" exclude using gist (tutor_id with =, tstzrange(starts_at, ends_at) with &&) where (status in ('HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS'))`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_student_free" exclude using gist (student_id with =, tstzrange(starts_at, ends_at) with &&) where (status in ('HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS'))`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_amount_check" check (amount_minor >= 0 and amount_minor <= 4000000000)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_occupying_check" check (not (status in ('HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS')) or starts_at is not null)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_expires_check" check ((status in ('HELD', 'PENDING_PAYMENT')) = (expires_at is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_cancelled_check" check (status <> 'CANCELLED' or cancelled_at is not null)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_commission_check" check (commission_percent >= 0 and commission_percent <= 100)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_refund_check" check (refund_percent >= 0 and refund_percent <= 100)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_reason_check" check (length(cancel_reason) <= 500)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_statement_check" check (length(dispute_statement) <= 2000)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_kind_check" check ("kind" in ('REGULAR', 'TRIAL'))`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_cancelled_by_check" check ("cancelled_by" in ('STUDENT', 'TUTOR', 'STAFF', 'SYSTEM'))`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_absent_check" check ("absent" in ('STUDENT', 'TUTOR'))`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_status_check" check ("status" in ('UNSCHEDULED', 'HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'NO_SHOW', 'DISPUTED'))`,
    );
    this.addSql(`alter table "marketplace"."policies" add constraint "policies_version_check" check (version >= 1)`);
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_subject_id_foreign" foreign key ("subject_id") references "marketplace"."subjects" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_rate_check" check (rate_minor >= 1 and rate_minor <= 1000000000)`,
    );
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_proposed_check" check (proposed_minor >= 1 and proposed_minor <= 1000000000)`,
    );
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "marketplace"."student_rates" add constraint "student_rates_proposal_check" check ((proposed_minor is null) = (proposed_at is null))`,
    );
  }
}

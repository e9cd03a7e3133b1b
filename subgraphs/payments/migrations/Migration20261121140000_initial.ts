import { Migration } from '@mikro-orm/migrations';

/** The payments room's first tables; its ledger only grows. */
export class Migration20261121140000_initial extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "payments"`);
    this.addSql(
      `create table "payments"."customers" ("user_id" uuid not null, "stripe_customer_id" text null, "default_card_id" text null, "created_at" timestamptz not null, primary key ("user_id"))`,
    );
    this.addSql(
      `alter table "payments"."customers" add constraint "customers_stripe_unique" unique ("stripe_customer_id")`,
    );
    this.addSql(
      `create table "payments"."dead_letters" ("consumer" text not null, "stream" text not null, "position" bigint not null, "event" jsonb not null, "error_code" text not null, "failures" int not null, "failed_at" timestamptz not null, primary key ("consumer", "stream", "position"))`,
    );
    this.addSql(
      `create table "payments"."idempotency_keys" ("viewer_id" uuid not null, "mutation" text not null, "key" text not null, "input_hash" text not null, "result" jsonb not null, "created_at" timestamptz not null, primary key ("viewer_id", "mutation", "key"))`,
    );
    this.addSql(`create index "idempotency_keys_oldest" on "payments"."idempotency_keys" ("created_at")`);
    this.addSql(
      `create table "payments"."inbox" ("consumer" text not null, "stream" text not null, "position" bigint not null, "failures" int not null default 0, primary key ("consumer", "stream"))`,
    );
    this.addSql(
      `create table "payments"."journals" ("id" uuid not null, "kind" text not null, "cause" text not null, "payment_id" uuid null, "stripe_transaction_id" text null, "recorded_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "journals_of_payment" on "payments"."journals" ("payment_id")`);
    this.addSql(`create index "journals_by_time" on "payments"."journals" ("recorded_at", "id")`);
    this.addSql(`create index "journals_of_transaction" on "payments"."journals" ("stripe_transaction_id")`);
    this.addSql(`alter table "payments"."journals" add constraint "journals_once" unique ("kind", "cause")`);
    this.addSql(
      `create table "payments"."ledger_accounts" ("id" uuid not null, "kind" text not null, "owner" text not null default '', "currency" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payments"."ledger_accounts" add constraint "ledger_accounts_unique" unique ("kind", "owner", "currency")`,
    );
    this.addSql(
      `create table "payments"."packages" ("id" uuid not null, "status" text not null, "student_id" uuid not null, "tutor_id" uuid not null, "subject_id" uuid not null, "duration_minutes" int not null, "lessons" int not null, "used_lessons" int not null default 0, "refunded_lessons" int not null default 0, "amount_minor" bigint not null, "currency" text not null, "commission_percent" int not null, "credit_minor" bigint not null default '0', "valid_days" int not null, "valid_until" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "packages_of_student" on "payments"."packages" ("student_id", "created_at", "id")`);
    this.addSql(`create index "packages_of_tutor" on "payments"."packages" ("tutor_id", "created_at", "id")`);
    this.addSql(`create index "packages_to_expire" on "payments"."packages" ("valid_until") where status = 'ACTIVE'`);
    this.addSql(
      `create table "payments"."outbox" ("sequence" bigserial primary key, "event" jsonb not null, "position" bigint null, "positioned_at" timestamptz null)`,
    );
    this.addSql(`create index "outbox_unnumbered" on "payments"."outbox" ("sequence") where position is null`);
    this.addSql(`alter table "payments"."outbox" add constraint "outbox_position_unique" unique ("position")`);
    this.addSql(
      `create table "payments"."outbox_relay" ("id" smallint not null, "last_position" bigint not null default '0', primary key ("id"))`,
    );
    this.addSql(
      `create table "payments"."payments" ("id" uuid not null, "kind" text not null, "method" text not null, "status" text not null, "payer_id" uuid not null, "tutor_id" uuid not null, "booking_id" uuid null, "package_id" uuid null, "amount_minor" bigint not null, "currency" text not null, "commission_percent" int not null, "share_minor" bigint not null, "tax_minor" bigint not null, "refunded_minor" bigint not null default '0', "share_refunded_minor" bigint not null default '0', "transferred_minor" bigint not null default '0', "share_status" text not null default 'NONE', "settle_at" timestamptz null, "settle_refund_percent" int null, "frozen_at" timestamptz null, "stripe_session_id" text null, "stripe_intent_id" text null, "stripe_charge_id" text null, "checkout_url" text null, "failure_code" text null, "expires_at" timestamptz null, "paid_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "payments_of_payer" on "payments"."payments" ("payer_id", "created_at", "id")`);
    this.addSql(`create index "payments_of_tutor" on "payments"."payments" ("tutor_id", "created_at", "id")`);
    this.addSql(`create index "payments_by_time" on "payments"."payments" ("created_at", "id")`);
    this.addSql(`create index "payments_of_package" on "payments"."payments" ("package_id")`);
    this.addSql(`create index "payments_of_intent" on "payments"."payments" ("stripe_intent_id")`);
    this.addSql(`create index "payments_of_session" on "payments"."payments" ("stripe_session_id")`);
    this.addSql(`create index "payments_of_charge" on "payments"."payments" ("stripe_charge_id")`);
    this.addSql(`create index "payments_paid" on "payments"."payments" ("paid_at") where paid_at is not null`);
    this.addSql(`create index "payments_to_settle" on "payments"."payments" ("settle_at") where settle_at is not null`);
    this.addSql(
      `create index "payments_to_expire" on "payments"."payments" ("expires_at") where status = any (array['PENDING', 'PROCESSING'])`,
    );
    this.addSql(
      `create unique index payments_one_per_booking on payments.payments (booking_id) where status <> 'CANCELLED' and kind = 'LESSON'`,
    );
    this.addSql(
      `create unique index payments_one_per_package on payments.payments (package_id) where status <> 'CANCELLED' and kind = 'PACKAGE'`,
    );
    this.addSql(
      `create table "payments"."disputes" ("id" uuid not null, "stripe_dispute_id" text not null, "payment_id" uuid not null, "status" text not null, "reason" text not null, "amount_minor" bigint not null, "currency" text not null, "frozen_minor" bigint not null default '0', "evidence_due_by" timestamptz null, "evidence_submitted_at" timestamptz null, "opened_at" timestamptz not null, "closed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payments"."disputes" add constraint "disputes_stripe_unique" unique ("stripe_dispute_id")`,
    );
    this.addSql(`create index "disputes_of_payment" on "payments"."disputes" ("payment_id")`);
    this.addSql(`create index "disputes_by_time" on "payments"."disputes" ("opened_at", "id")`);
    this.addSql(
      `create table "payments"."payout_accounts" ("tutor_id" uuid not null, "user_id" uuid not null, "stripe_account_id" text null, "country" text not null, "details_submitted" boolean not null default false, "transfers_enabled" boolean not null default false, "payouts_enabled" boolean not null default false, "requirements_due" text[] not null default '{}', "disabled_reason" text null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("tutor_id"))`,
    );
    this.addSql(
      `alter table "payments"."payout_accounts" add constraint "payout_accounts_user_unique" unique ("user_id")`,
    );
    this.addSql(
      `alter table "payments"."payout_accounts" add constraint "payout_accounts_stripe_unique" unique ("stripe_account_id")`,
    );
    this.addSql(
      `create table "payments"."postings" ("id" bigserial primary key, "journal_id" uuid not null, "account_id" uuid not null, "currency" text not null, "amount_minor" bigint not null)`,
    );
    this.addSql(`create index "postings_of_journal" on "payments"."postings" ("journal_id")`);
    this.addSql(`create index "postings_of_account" on "payments"."postings" ("account_id", "id")`);
    this.addSql(
      `create table "payments"."premium_memberships" ("id" uuid not null, "tutor_id" uuid not null, "user_id" uuid not null, "status" text not null, "stripe_subscription_id" text null, "stripe_session_id" text null, "checkout_url" text null, "price_minor" bigint not null, "currency" text not null, "premium_until" timestamptz null, "grace_until" timestamptz null, "cancel_at_period_end" boolean not null default false, "ended_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payments"."premium_memberships" add constraint "premium_memberships_stripe_unique" unique ("stripe_subscription_id")`,
    );
    this.addSql(
      `create index "premium_memberships_of_user" on "payments"."premium_memberships" ("user_id", "created_at")`,
    );
    this.addSql(
      `create unique index premium_memberships_one_per_tutor on payments.premium_memberships (tutor_id) where status <> 'ENDED'`,
    );
    this.addSql(
      `create table "payments"."premium_invoices" ("stripe_invoice_id" text not null, "membership_id" uuid not null, "amount_minor" bigint not null, "currency" text not null, "paid_at" timestamptz not null, primary key ("stripe_invoice_id"))`,
    );
    this.addSql(
      `create index "premium_invoices_of_membership" on "payments"."premium_invoices" ("membership_id", "paid_at")`,
    );
    this.addSql(
      `create table "payments"."reconciliations" ("id" uuid not null, "from_time" timestamptz not null, "to_time" timestamptz not null, "status" text not null, "transactions" int not null default 0, "requested_by" uuid null, "started_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "reconciliations_by_time" on "payments"."reconciliations" ("started_at", "id")`);
    this.addSql(
      `create table "payments"."differences" ("id" uuid not null, "reconciliation_id" uuid not null, "kind" text not null, "stripe_transaction_id" text null, "stripe_account_id" text null, "journal_id" uuid null, "currency" text not null, "ledger_minor" bigint null, "stripe_minor" bigint null, primary key ("id"))`,
    );
    this.addSql(`create index "differences_of_reconciliation" on "payments"."differences" ("reconciliation_id", "id")`);
    this.addSql(
      `create table "payments"."refunds" ("id" uuid not null, "payment_id" uuid not null, "status" text not null, "reason" text not null, "amount_minor" bigint not null, "share_minor" bigint not null, "tax_minor" bigint not null, "cause" text not null, "requested_by" uuid null, "note" text null, "stripe_refund_id" text null, "failure_code" text null, "created_at" timestamptz not null, "settled_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "payments"."refunds" add constraint "refunds_cause_unique" unique ("cause")`);
    this.addSql(`alter table "payments"."refunds" add constraint "refunds_stripe_unique" unique ("stripe_refund_id")`);
    this.addSql(`create index "refunds_of_payment" on "payments"."refunds" ("payment_id", "created_at")`);
    this.addSql(`create index "refunds_by_time" on "payments"."refunds" ("created_at", "id")`);
    this.addSql(
      `create table "payments"."stripe_events" ("id" text not null, "type" text not null, "account" text null, "created_at" timestamptz not null, "processed_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "stripe_events_by_time" on "payments"."stripe_events" ("processed_at")`);
    this.addSql(
      `create table "payments"."stripe_objects" ("id" text not null, "applied_ticket" bigint not null, primary key ("id"))`,
    );
    this.addSql(
      `create table "payments"."stripe_operations" ("id" uuid not null, "kind" text not null, "subject_id" uuid not null, "input" jsonb not null, "status" text not null default 'PENDING', "attempts" int not null default 0, "last_error" text null, "claimed_until" timestamptz null, "retry_at" timestamptz not null, "created_at" timestamptz not null, "settled_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "stripe_operations_of_subject" on "payments"."stripe_operations" ("subject_id")`);
    this.addSql(
      `create index "stripe_operations_due" on "payments"."stripe_operations" ("retry_at") where status = 'PENDING'`,
    );
    this.addSql(
      `create table "payments"."transfers" ("id" uuid not null, "tutor_id" uuid not null, "payment_id" uuid null, "status" text not null, "amount_minor" bigint not null, "currency" text not null, "reversed_minor" bigint not null default '0', "requested_by" uuid null, "reason" text null, "stripe_transfer_id" text null, "failure_code" text null, "created_at" timestamptz not null, "settled_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_stripe_unique" unique ("stripe_transfer_id")`,
    );
    this.addSql(`create index "transfers_of_tutor" on "payments"."transfers" ("tutor_id", "created_at", "id")`);
    this.addSql(`create index "transfers_of_payment" on "payments"."transfers" ("payment_id")`);
    this.addSql(
      `create unique index transfers_one_per_payment on payments.transfers (payment_id) where status <> 'FAILED' and payment_id is not null`,
    );
    this.addSql(
      `create table "payments"."transfer_reversals" ("id" uuid not null, "transfer_id" uuid not null, "status" text not null, "amount_minor" bigint not null, "cause" text not null, "stripe_reversal_id" text null, "failure_code" text null, "created_at" timestamptz not null, "settled_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payments"."transfer_reversals" add constraint "transfer_reversals_cause_unique" unique ("cause")`,
    );
    this.addSql(
      `alter table "payments"."transfer_reversals" add constraint "transfer_reversals_stripe_unique" unique ("stripe_reversal_id")`,
    );
    this.addSql(`create index "transfer_reversals_of_transfer" on "payments"."transfer_reversals" ("transfer_id")`);
    this.addSql(
      `create table "payments"."withdrawals" ("id" uuid not null, "tutor_id" uuid not null, "user_id" uuid not null, "status" text not null, "amount_minor" bigint not null, "currency" text not null, "decided_by" uuid null, "decided_at" timestamptz null, "rejection_reason" text null, "stripe_payout_id" text null, "failure_code" text null, "arrives_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payments"."withdrawals" add constraint "withdrawals_stripe_unique" unique ("stripe_payout_id")`,
    );
    this.addSql(`create index "withdrawals_of_tutor" on "payments"."withdrawals" ("tutor_id", "created_at", "id")`);
    this.addSql(`create index "withdrawals_by_time" on "payments"."withdrawals" ("created_at", "id")`);
    this.addSql(
      `alter table "payments"."journals" add constraint "journals_kind_check" check ("kind" in ('PAYMENT', 'PACKAGE_LESSON', 'PACKAGE_LESSON_RETURNED', 'PACKAGE_EXPIRED', 'STRIPE_FEE', 'REFUND', 'REFUND_MADE', 'REFUND_FAILED', 'SHARE_RELEASED', 'TRANSFER', 'TRANSFER_REVERSAL', 'GOODWILL', 'DISPUTE_OPENED', 'DISPUTE_FEE', 'DISPUTE_WON', 'DISPUTE_LOST', 'WITHDRAWAL', 'WITHDRAWAL_FAILED', 'PREMIUM_INVOICE', 'DEBT', 'ADJUSTMENT'))`,
    );
    this.addSql(
      `alter table "payments"."ledger_accounts" add constraint "ledger_accounts_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."ledger_accounts" add constraint "ledger_accounts_kind_check" check ("kind" in ('PLATFORM_CASH', 'CONNECTED_CASH', 'DISPUTED', 'TUTOR_OWES', 'TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_FROZEN', 'STUDENT_CREDIT', 'TAX', 'COMMISSION', 'PREMIUM', 'BREAKAGE', 'STRIPE_FEES', 'DISPUTE_LOSS', 'GOODWILL', 'REFUNDS_IN_TRANSIT'))`,
    );
    this.addSql(
      `alter table "payments"."packages" add constraint "packages_lessons_check" check (lessons >= 2 and lessons <= 100 and used_lessons >= 0 and refunded_lessons >= 0 and used_lessons + refunded_lessons <= lessons)`,
    );
    this.addSql(
      `alter table "payments"."packages" add constraint "packages_amount_check" check (amount_minor > 0 and amount_minor <= 4000000000)`,
    );
    this.addSql(
      `alter table "payments"."packages" add constraint "packages_credit_check" check (credit_minor >= 0 and credit_minor <= amount_minor)`,
    );
    this.addSql(
      `alter table "payments"."packages" add constraint "packages_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."packages" add constraint "packages_valid_check" check ((status in ('PENDING', 'CANCELLED')) = (valid_until is null))`,
    );
    this.addSql(
      `alter table "payments"."packages" add constraint "packages_status_check" check ("status" in ('PENDING', 'ACTIVE', 'USED', 'EXPIRED', 'REFUNDED', 'CANCELLED'))`,
    );
    this.addSql(`alter table "payments"."outbox_relay" add constraint "outbox_relay_single" check (id = 1)`);
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_amount_check" check (amount_minor > 0 and amount_minor <= 4000000000)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_target_check" check (case kind when 'LESSON' then booking_id is not null else booking_id is null and package_id is not null end)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_share_check" check (share_minor >= 0 and tax_minor >= 0 and share_minor + tax_minor <= amount_minor)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_refunded_check" check (refunded_minor >= 0 and refunded_minor <= amount_minor)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_share_refunded_check" check (share_refunded_minor >= 0 and share_refunded_minor <= share_minor)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_transferred_check" check (transferred_minor >= 0 and transferred_minor <= share_minor)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_commission_check" check (commission_percent >= 0 and commission_percent <= 100)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_settle_check" check ((settle_at is null) = (settle_refund_percent is null) and settle_refund_percent >= 0 and settle_refund_percent <= 100)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_paid_check" check ((status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')) = (paid_at is not null))`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_kind_check" check ("kind" in ('LESSON', 'PACKAGE'))`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_method_check" check ("method" in ('CHECKOUT', 'INTENT', 'PACKAGE'))`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_status_check" check ("status" in ('PENDING', 'PROCESSING', 'SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'CANCELLED'))`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_share_status_check" check ("share_status" in ('NONE', 'PENDING', 'RELEASED'))`,
    );
    this.addSql(
      `alter table "payments"."disputes" add constraint "disputes_payment_id_foreign" foreign key ("payment_id") references "payments"."payments" ("id")`,
    );
    this.addSql(`alter table "payments"."disputes" add constraint "disputes_amount_check" check (amount_minor > 0)`);
    this.addSql(
      `alter table "payments"."disputes" add constraint "disputes_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(`alter table "payments"."disputes" add constraint "disputes_frozen_check" check (frozen_minor >= 0)`);
    this.addSql(
      `alter table "payments"."disputes" add constraint "disputes_status_check" check ("status" in ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST', 'INQUIRY', 'INQUIRY_CLOSED'))`,
    );
    this.addSql(
      `alter table "payments"."payout_accounts" add constraint "payout_accounts_country_check" check (country ~ '^[A-Z]{2}$')`,
    );
    this.addSql(
      `alter table "payments"."postings" add constraint "postings_journal_id_foreign" foreign key ("journal_id") references "payments"."journals" ("id")`,
    );
    this.addSql(
      `alter table "payments"."postings" add constraint "postings_account_id_foreign" foreign key ("account_id") references "payments"."ledger_accounts" ("id")`,
    );
    this.addSql(`alter table "payments"."postings" add constraint "postings_amount_check" check (amount_minor <> 0)`);
    this.addSql(
      `alter table "payments"."premium_memberships" add constraint "premium_memberships_price_check" check (price_minor > 0)`,
    );
    this.addSql(
      `alter table "payments"."premium_memberships" add constraint "premium_memberships_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."premium_memberships" add constraint "premium_memberships_ended_check" check ((status = 'ENDED') = (ended_at is not null))`,
    );
    this.addSql(
      `alter table "payments"."premium_memberships" add constraint "premium_memberships_status_check" check ("status" in ('INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'ENDED'))`,
    );
    this.addSql(
      `alter table "payments"."premium_invoices" add constraint "premium_invoices_membership_id_foreign" foreign key ("membership_id") references "payments"."premium_memberships" ("id")`,
    );
    this.addSql(
      `alter table "payments"."premium_invoices" add constraint "premium_invoices_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."reconciliations" add constraint "reconciliations_status_check" check ("status" in ('RUNNING', 'MATCHED', 'DIFFERENT', 'FAILED'))`,
    );
    this.addSql(
      `alter table "payments"."differences" add constraint "differences_reconciliation_id_foreign" foreign key ("reconciliation_id") references "payments"."reconciliations" ("id")`,
    );
    this.addSql(
      `alter table "payments"."differences" add constraint "differences_kind_check" check ("kind" in ('MISSING_IN_LEDGER', 'MISSING_AT_STRIPE', 'AMOUNT_DIFFERS', 'BALANCE_DIFFERS'))`,
    );
    this.addSql(
      `alter table "payments"."refunds" add constraint "refunds_payment_id_foreign" foreign key ("payment_id") references "payments"."payments" ("id")`,
    );
    this.addSql(
      `alter table "payments"."refunds" add constraint "refunds_amount_check" check (amount_minor > 0 and share_minor >= 0 and tax_minor >= 0 and share_minor + tax_minor <= amount_minor)`,
    );
    this.addSql(`alter table "payments"."refunds" add constraint "refunds_note_check" check (length(note) <= 500)`);
    this.addSql(
      `alter table "payments"."refunds" add constraint "refunds_status_check" check ("status" in ('PENDING', 'SUCCEEDED', 'FAILED'))`,
    );
    this.addSql(
      `alter table "payments"."refunds" add constraint "refunds_reason_check" check ("reason" in ('BOOKING_CANCELLED', 'NO_SHOW', 'LATE_PAYMENT', 'BY_STAFF', 'PACKAGE_RETURNED'))`,
    );
    this.addSql(
      `alter table "payments"."stripe_operations" add constraint "stripe_operations_status_check" check ("status" in ('PENDING', 'DONE', 'FAILED'))`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_payment_id_foreign" foreign key ("payment_id") references "payments"."payments" ("id") on delete no action`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_amount_check" check (amount_minor > 0 and reversed_minor >= 0 and reversed_minor <= amount_minor)`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_reason_check" check (length(reason) <= 500)`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_source_check" check ((payment_id is null) = (requested_by is not null))`,
    );
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_status_check" check ("status" in ('PENDING', 'SUCCEEDED', 'FAILED'))`,
    );
    this.addSql(
      `alter table "payments"."transfer_reversals" add constraint "transfer_reversals_transfer_id_foreign" foreign key ("transfer_id") references "payments"."transfers" ("id")`,
    );
    this.addSql(
      `alter table "payments"."transfer_reversals" add constraint "transfer_reversals_amount_check" check (amount_minor > 0)`,
    );
    this.addSql(
      `alter table "payments"."transfer_reversals" add constraint "transfer_reversals_status_check" check ("status" in ('PENDING', 'SUCCEEDED', 'FAILED'))`,
    );
    this.addSql(
      `alter table "payments"."withdrawals" add constraint "withdrawals_amount_check" check (amount_minor > 0)`,
    );
    this.addSql(
      `alter table "payments"."withdrawals" add constraint "withdrawals_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "payments"."withdrawals" add constraint "withdrawals_reason_check" check (length(rejection_reason) <= 500)`,
    );
    this.addSql(
      `alter table "payments"."withdrawals" add constraint "withdrawals_rejected_check" check (status <> 'REJECTED' or decided_by is not null)`,
    );
    this.addSql(
      `alter table "payments"."withdrawals" add constraint "withdrawals_status_check" check ("status" in ('REQUESTED', 'APPROVED', 'PAYING', 'PAID', 'FAILED', 'REJECTED', 'CANCELLED'))`,
    );
    this.addSql('create sequence "payments"."stripe_tickets"');
    this.addSql(
      `create function "payments"."refuse_change"() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is append-only: correct it by another journal' using errcode = 'TG001', table = tg_table_name;
end $$`,
    );
    for (const table of ['journals', 'postings']) {
      this.addSql(
        `create trigger "${table}_append_only" before update or delete on "payments"."${table}" for each row execute function "payments"."refuse_change"()`,
      );
      this.addSql(
        `create trigger "${table}_never_emptied" before truncate on "payments"."${table}" for each statement execute function "payments"."refuse_change"()`,
      );
    }
    this.addSql(
      `create function "payments"."check_journal"() returns trigger language plpgsql as $$
begin
  if exists (select 1 from payments.postings where journal_id = new.journal_id group by currency having sum(amount_minor) <> 0) then
    raise exception 'Journal % does not sum to zero in each currency', new.journal_id using errcode = '23514', constraint = 'journals_balanced';
  end if;
  if exists (select 1 from payments.ledger_accounts where id = new.account_id and currency <> new.currency) then
    raise exception 'A posting must be in the currency of its account' using errcode = '23514', constraint = 'postings_currency';
  end if;
  return null;
end $$`,
    );
    this.addSql(
      `create constraint trigger "journals_balanced" after insert on "payments"."postings" deferrable initially deferred for each row execute function "payments"."check_journal"()`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Payments of courses: no tutor has a share of them, and one at a time is begun for each course by each payer. */
export class Migration20261121212138_course_payments extends Migration {
  override up(): void {
    this.addSql(`alter table "payments"."ledger_accounts" drop constraint "ledger_accounts_kind_check"`);
    this.addSql(
      `alter table "payments"."ledger_accounts" add constraint "ledger_accounts_kind_check" check ("kind" in ('PLATFORM_CASH', 'CONNECTED_CASH', 'BANK', 'DISPUTED', 'TUTOR_OWES', 'TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_FROZEN', 'STUDENT_CREDIT', 'TAX', 'COMMISSION', 'PREMIUM', 'COURSES', 'BREAKAGE', 'STRIPE_FEES', 'DISPUTE_LOSS', 'GOODWILL', 'REFUNDS_IN_TRANSIT'))`,
    );
    this.addSql(`alter table "payments"."payments" drop constraint "payments_kind_check"`);
    this.addSql(`alter table "payments"."payments" drop constraint "payments_target_check"`);
    this.addSql(`alter table "payments"."payments" add "course_id" uuid null, add "cohort_id" uuid null`);
    this.addSql(`alter table "payments"."payments" alter column "tutor_id" drop not null`);
    this.addSql(
      `create unique index payments_one_per_course on payments.payments (payer_id, course_id) where status in ('PENDING', 'PROCESSING') and kind = 'COURSE'`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_course_check" check (case kind when 'COURSE' then tutor_id is null and share_minor = 0 else tutor_id is not null and course_id is null and cohort_id is null end)`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_kind_check" check ("kind" in ('LESSON', 'PACKAGE', 'COURSE'))`,
    );
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_target_check" check (case kind when 'LESSON' then booking_id is not null when 'PACKAGE' then booking_id is null and package_id is not null else booking_id is null and package_id is null and course_id is not null end)`,
    );
  }
}

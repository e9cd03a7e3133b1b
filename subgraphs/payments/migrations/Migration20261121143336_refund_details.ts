import { Migration } from '@mikro-orm/migrations';

/** Refund details. */
export class Migration20261121143336_refund_details extends Migration {
  override up(): void {
    this.addSql(`alter table "payments"."payments" add "settle_reason" text null`);
    this.addSql(
      `alter table "payments"."payments" add constraint "payments_settle_reason_check" check ("settle_reason" in ('BOOKING_CANCELLED', 'NO_SHOW', 'LATE_PAYMENT', 'BY_STAFF', 'PACKAGE_RETURNED'))`,
    );
    this.addSql(`alter table "payments"."refunds" add "lessons" int null`);
    this.addSql(`alter table "payments"."refunds" add constraint "refunds_lessons_check" check (lessons >= 0)`);
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Shares wait for their tutor's account; a payment's share may be transferred again after it came back. */
export class Migration20261121143309_waiting_transfers extends Migration {
  override up(): void {
    this.addSql(`drop index "payments"."transfers_one_per_payment"`);
    this.addSql(`alter table "payments"."transfers" drop constraint "transfers_status_check"`);
    this.addSql(`alter table "payments"."transfers" add "cause" text`);
    this.addSql(`update "payments"."transfers" set "cause" = coalesce('payment:' || "payment_id", 'staff:' || "id")`);
    this.addSql(`alter table "payments"."transfers" alter column "cause" set not null`);
    this.addSql(`alter table "payments"."transfers" add constraint "transfers_cause_unique" unique ("cause")`);
    this.addSql(`create index "transfers_by_time" on "payments"."transfers" ("created_at", "id")`);
    this.addSql(`create index "transfers_waiting" on "payments"."transfers" ("tutor_id") where status = 'WAITING'`);
    this.addSql(
      `alter table "payments"."transfers" add constraint "transfers_status_check" check ("status" in ('WAITING', 'PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED'))`,
    );
    this.addSql(`alter table "payments"."transfer_reversals" drop constraint "transfer_reversals_status_check"`);
    this.addSql(
      `alter table "payments"."transfer_reversals" add constraint "transfer_reversals_status_check" check ("status" in ('WAITING', 'PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED'))`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** What Stripe pays out to the bank of the platform. */
export class Migration20261121154000_bank_account extends Migration {
  override up(): void {
    this.addSql(`alter table "payments"."journals" drop constraint "journals_kind_check"`);
    this.addSql(
      `alter table "payments"."journals" add constraint "journals_kind_check" check ("kind" in ('PAYMENT', 'PACKAGE_LESSON', 'PACKAGE_LESSON_RETURNED', 'PACKAGE_EXPIRED', 'STRIPE_FEE', 'REFUND', 'REFUND_MADE', 'REFUND_FAILED', 'SHARE_RELEASED', 'TRANSFER', 'TRANSFER_REVERSAL', 'GOODWILL', 'DISPUTE_OPENED', 'DISPUTE_FEE', 'DISPUTE_WON', 'DISPUTE_LOST', 'WITHDRAWAL', 'WITHDRAWAL_FAILED', 'PREMIUM_INVOICE', 'DEBT', 'BANK_TRANSFER', 'ADJUSTMENT'))`,
    );
    this.addSql(`alter table "payments"."ledger_accounts" drop constraint "ledger_accounts_kind_check"`);
    this.addSql(
      `alter table "payments"."ledger_accounts" add constraint "ledger_accounts_kind_check" check ("kind" in ('PLATFORM_CASH', 'CONNECTED_CASH', 'BANK', 'DISPUTED', 'TUTOR_OWES', 'TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_FROZEN', 'STUDENT_CREDIT', 'TAX', 'COMMISSION', 'PREMIUM', 'BREAKAGE', 'STRIPE_FEES', 'DISPUTE_LOSS', 'GOODWILL', 'REFUNDS_IN_TRANSIT'))`,
    );
  }
}

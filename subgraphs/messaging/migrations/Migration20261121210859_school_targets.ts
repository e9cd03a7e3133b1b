import { Migration } from '@mikro-orm/migrations';

/** Notifications lead to what the school has, too. */
export class Migration20261121210859_school_targets extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."notifications" drop constraint "notifications_target_kind_check"`);
    this.addSql(
      `alter table "messaging"."notifications" add constraint "notifications_target_kind_check" check ("target_kind" in ('BOOKING', 'ORDER', 'APPLICATION', 'TUTOR', 'PAYMENT', 'PACKAGE', 'WITHDRAWAL', 'INTERVIEW', 'VERIFICATION', 'REVIEW', 'SAVED_SEARCH', 'CHAT_ROOM', 'REPORT', 'ACCOUNT', 'COURSE', 'HOMEWORK_ASSIGNMENT', 'HOMEWORK_SUBMISSION', 'STUDENT', 'CERTIFICATE', 'HAND_OVER'))`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Inbox and digests. */
export class Migration20261121171614_inbox_and_digests extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."digests" add "finished_at" timestamptz null`);
    this.addSql(
      `create index "digests_waiting" on "messaging"."digests" ("channel", "due_at") where finished_at is null`,
    );
    this.addSql(`drop index "messaging"."notifications_of_user"`);
    this.addSql(`drop index "messaging"."notifications_unread"`);
    this.addSql(
      `alter table "messaging"."notifications" add "is_in_app" boolean not null default true, add "expires_at" timestamptz null`,
    );
    this.addSql(
      `create index "notifications_of_user" on "messaging"."notifications" ("user_id", "created_at", "id") where is_in_app and deleted_at is null`,
    );
    this.addSql(
      `create index "notifications_unread" on "messaging"."notifications" ("user_id") where is_in_app and deleted_at is null and read_at is null`,
    );
    this.addSql(`drop index "messaging"."deliveries_waiting"`);
    this.addSql(
      `create index "deliveries_waiting" on "messaging"."deliveries" ("channel", "due_at") where status = 'QUEUED' and digest_id is null`,
    );
  }
}

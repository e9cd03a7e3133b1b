import { Migration } from '@mikro-orm/migrations';

/** Removed attachments. */
export class Migration20261121175300_removed_attachments extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."chat_attachments" add "removed_at" timestamptz null`);
    this.addSql(
      `create index "chat_attachments_removed" on "messaging"."chat_attachments" ("removed_at") where removed_at is not null`,
    );
  }
}

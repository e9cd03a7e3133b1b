import { Migration } from '@mikro-orm/migrations';

/** Whose names notifications tell, so that the names can go with the accounts. */
export class Migration20261121184715_mentions_in_notifications extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."notifications" add "mentions" uuid[] not null default '{}'`);
    this.addSql(
      `create index notifications_mentioning on messaging.notifications using gin (mentions) where mentions <> '{}'`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Messages with contacts. */
export class Migration20261121173217_messages_with_contacts extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."chat_messages" add "has_contacts" boolean not null default false`);
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Messages that development keeps are messaging’s; what this room kept of them goes. */
export class Migration20261121174605_mailbox_moves_to_messaging extends Migration {
  override up(): void {
    this.addSql(`drop table if exists "accounts"."development_messages" cascade`);
  }
}

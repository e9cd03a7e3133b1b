import { Migration } from '@mikro-orm/migrations';

/** Pushes and messages on Telegram are kept in development, too, and the HTML of mails. */
export class Migration20261121172741_mailbox_of_every_channel extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."development_messages" drop constraint "development_messages_channel_check"`);
    this.addSql(`alter table "messaging"."development_messages" add "html" text null`);
    this.addSql(
      `alter table "messaging"."development_messages" add constraint "development_messages_channel_check" check ("channel" in ('EMAIL', 'SMS', 'PUSH', 'TELEGRAM'))`,
    );
  }
}

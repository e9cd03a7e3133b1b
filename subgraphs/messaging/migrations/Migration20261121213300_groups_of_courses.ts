import { Migration } from '@mikro-orm/migrations';

/** Whom the school made the curator of a group; homework among what devices hear of. */
export class Migration20261121213300_groups_of_courses extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."chat_rooms" add "curator_id" uuid null`);
    this.addSql(`alter table "messaging"."followed_changes" drop constraint "followed_changes_kind_check"`);
    this.addSql(
      `alter table "messaging"."followed_changes" add constraint "followed_changes_kind_check" check ("kind" in ('BOOKING', 'ORDER', 'PAYMENT', 'LEARNING_PROGRESS', 'HOMEWORK'))`,
    );
  }
}

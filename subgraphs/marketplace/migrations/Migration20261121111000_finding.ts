import { Migration } from '@mikro-orm/migrations';

/** Tutors are found fast, with typing errors too; people save tutors and searches. */
export class Migration20261121111000_finding extends Migration {
  override up(): void {
    this.addSql(
      'create table "marketplace"."saved_tutors" ("id" uuid not null, "user_id" uuid not null, "tutor_id" uuid not null, "created_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "saved_tutors_newest" on "marketplace"."saved_tutors" ("user_id", "created_at", "id")');
    this.addSql('create index "saved_tutors_of_tutor" on "marketplace"."saved_tutors" ("tutor_id")');
    this.addSql(
      'alter table "marketplace"."saved_tutors" add constraint "saved_tutors_once" unique ("user_id", "tutor_id")',
    );
    this.addSql(
      'alter table "marketplace"."saved_tutors" add constraint "saved_tutors_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on delete cascade',
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Room inspections. */
export class Migration20261121175428_room_inspections extends Migration {
  override up(): void {
    this.addSql(
      `create table "messaging"."room_inspections" ("moderator_id" uuid not null, "room_id" uuid not null, "expires_at" timestamptz not null, primary key ("moderator_id", "room_id"))`,
    );
    this.addSql(`create index "room_inspections_over" on "messaging"."room_inspections" ("expires_at")`);
    this.addSql(`create index "chat_rooms_of_kind" on "messaging"."chat_rooms" ("kind", "last_activity_at", "id")`);
    this.addSql(
      `alter table "messaging"."room_inspections" add constraint "room_inspections_room_id_foreign" foreign key ("room_id") references "messaging"."chat_rooms" ("id") on delete cascade`,
    );
  }
}

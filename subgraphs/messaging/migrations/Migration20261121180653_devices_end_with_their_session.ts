import { Migration } from '@mikro-orm/migrations';

/** A device gets no pushes once the session has ended by which it was registered. */
export class Migration20261121180653_devices_end_with_their_session extends Migration {
  override up(): void {
    this.addSql(`alter table "messaging"."devices" add "session_id" uuid not null`);
    this.addSql(`create index "devices_of_session" on "messaging"."devices" ("session_id")`);
    this.addSql(`create index "devices_oldest" on "messaging"."devices" ("last_seen_at")`);
  }
}

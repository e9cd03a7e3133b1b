import { Migration } from '@mikro-orm/migrations';

/** Devices learn since when somebody belongs to a room, and whether their cursors are of this database. */
export class Migration20261121171932_sync_epoch extends Migration {
  override up(): void {
    this.addSql(
      `create table "messaging"."sync_epoch" ("id" smallint primary key, "fingerprint" text not null, "epoch" uuid not null, "began_at" timestamptz not null)`,
    );
    this.addSql(`alter table "messaging"."chat_members" add "joined_tx" xid8 not null default pg_current_xact_id()`);
    this.addSql(`create index "followed_changes_oldest" on "messaging"."followed_changes" ("changed_at")`);
    this.addSql(`alter table "messaging"."sync_epoch" add constraint "sync_epoch_single" check (id = 1)`);
    // Numbers from before a restore may lie in the future of this server: they are given anew when a row is written.
    this.addSql(`create function messaging.mark_joining() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          new.joined_tx := pg_current_xact_id();
        elsif (old.ended_at is not null and new.ended_at is null) or old.joined_tx > pg_current_xact_id() then
          new.joined_tx := pg_current_xact_id();
        else
          new.joined_tx := old.joined_tx;
        end if;
        return new;
      end $$`);
    this.addSql(`create trigger mark_joining before insert or update on messaging.chat_members
      for each row execute function messaging.mark_joining()`);
  }
}

import { Migration } from '@mikro-orm/migrations';

/** The accounts room's first tables. */
export class Migration20261121000000_initial extends Migration {
  override up(): void {
    this.addSql(
      'create table "accounts"."dead_letters" ("consumer" text not null, "stream" text not null, "position" bigint not null, "event" jsonb not null, "error_code" text not null, "failures" int not null, "failed_at" timestamptz not null, primary key ("consumer", "stream", "position"))',
    );
    this.addSql(
      'create table "accounts"."inbox" ("consumer" text not null, "stream" text not null, "position" bigint not null, "failures" int not null default 0, primary key ("consumer", "stream"))',
    );
    this.addSql('create table "accounts"."known_permissions" ("permission" text not null, primary key ("permission"))');
    this.addSql(
      'create table "accounts"."outbox" ("sequence" bigserial primary key, "event" jsonb not null, "position" bigint null, "positioned_at" timestamptz null)',
    );
    this.addSql('create index "outbox_unnumbered" on "accounts"."outbox" ("sequence") where position is null');
    this.addSql('alter table "accounts"."outbox" add constraint "outbox_position_unique" unique ("position")');
    this.addSql(
      `create table "accounts"."outbox_relay" ("id" smallint not null, "last_position" bigint not null default '0', primary key ("id"))`,
    );
    this.addSql('alter table "accounts"."outbox_relay" add constraint "outbox_relay_single" check (id = 1)');
    this.addSql(
      'create table "accounts"."role_permissions" ("role" text not null, "permission" text not null, primary key ("role", "permission"))',
    );
    this.addSql(
      `alter table "accounts"."role_permissions" add constraint "role_permissions_role_check" check ("role" in ('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'))`,
    );
    this.addSql(
      'create table "accounts"."signing_keys" ("id" uuid not null, "active" boolean null, "public_key" jsonb not null, "sealed_private_key" text not null, "created_at" timestamptz not null, "retired_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('alter table "accounts"."signing_keys" add constraint "signing_keys_one_active" unique ("active")');
    this.addSql(
      'create table "accounts"."users" ("id" uuid not null, "email" text not null, "password_hash" text null, "first_name" text not null, "last_name" text not null, "role" text not null, "locale" text not null, "time_zone" text not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "users_newest" on "accounts"."users" ("created_at", "id")');
    this.addSql('alter table "accounts"."users" add constraint "users_email_unique" unique ("email")');
    this.addSql(
      `alter table "accounts"."users" add constraint "users_role_check" check ("role" in ('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'))`,
    );
    this.addSql(
      'create table "accounts"."sessions" ("id" uuid not null, "user_id" uuid not null, "created_at" timestamptz not null, "last_used_at" timestamptz not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "sessions_of_user" on "accounts"."sessions" ("user_id")');
    this.addSql('create index "sessions_revoked" on "accounts"."sessions" ("revoked_at")');
    this.addSql('create index "sessions_expiry" on "accounts"."sessions" ("expires_at")');
    this.addSql(
      'create table "accounts"."refresh_tokens" ("token_hash" text not null, "session_id" uuid not null, "created_at" timestamptz not null, "replaced_at" timestamptz null, primary key ("token_hash"))',
    );
    this.addSql('create index "refresh_tokens_of_session" on "accounts"."refresh_tokens" ("session_id")');
    this.addSql(
      'alter table "accounts"."sessions" add constraint "sessions_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade',
    );
    this.addSql(
      'alter table "accounts"."refresh_tokens" add constraint "refresh_tokens_session_id_foreign" foreign key ("session_id") references "accounts"."sessions" ("id") on delete cascade',
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Everything about who somebody is: codes, Telegram, rights of one person, audit, uploads, privacy. */
export class Migration20261121080000_identity extends Migration {
  override up(): void {
    this.addSql(
      `create table "accounts"."audit_entries" ("id" uuid not null, "at" timestamptz not null, "action" text not null, "actor_id" uuid null, "subject_id" uuid null, "network_hash" text null, "request_id" text not null, "details" jsonb not null, primary key ("id"))`,
    );
    this.addSql(`create index "audit_entries_newest" on "accounts"."audit_entries" ("at", "id")`);
    this.addSql(`create index "audit_entries_of_actor" on "accounts"."audit_entries" ("actor_id", "at", "id")`);
    this.addSql(`create index "audit_entries_of_subject" on "accounts"."audit_entries" ("subject_id", "at", "id")`);
    this.addSql(
      `create table "accounts"."audit_keys" ("user_id" uuid not null, "key" text not null, primary key ("user_id"))`,
    );
    this.addSql(
      `create table "accounts"."permission_sets" ("id" uuid not null, "name" text not null, "description" text not null, "permissions" text[] not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create unique index permission_sets_name_unique on accounts.permission_sets (lower(name))`);
    this.addSql(
      `create table "accounts"."role_permission_sets" ("role" text not null, "set_id" uuid not null, primary key ("role", "set_id"))`,
    );
    this.addSql(
      `create table "accounts"."telegram_sign_ins" ("digest" text not null, "expires_at" timestamptz not null, primary key ("digest"))`,
    );
    this.addSql(`create index "telegram_sign_ins_expiry" on "accounts"."telegram_sign_ins" ("expires_at")`);
    this.addSql(
      `create table "accounts"."uploads" ("id" uuid not null, "user_id" uuid not null, "kind" text not null, "status" text not null, "content_type" text not null, "size" int not null, "raw_key" text null, "storage_key" text null, "refusal" text null, "created_at" timestamptz not null, "claimed_at" timestamptz null, "confirmed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "uploads_of_user" on "accounts"."uploads" ("user_id", "created_at")`);
    this.addSql(`create index "uploads_unswept" on "accounts"."uploads" ("id") where raw_key is not null`);
    this.addSql(
      `create table "accounts"."data_exports" ("id" uuid not null, "user_id" uuid not null, "status" text not null, "rooms" text[] not null, "storage_key" text null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "expires_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "data_exports_of_user" on "accounts"."data_exports" ("user_id", "requested_at", "id")`);
    this.addSql(
      `create unique index data_exports_one_pending on accounts.data_exports (user_id) where status = 'PENDING'`,
    );
    this.addSql(
      `create table "accounts"."data_export_parts" ("export_id" uuid not null, "room" text not null, "received_at" timestamptz not null, primary key ("export_id", "room"))`,
    );
    this.addSql(
      `create table "accounts"."consents" ("id" uuid not null, "user_id" uuid not null, "document" text not null, "version" text not null, "is_granted" boolean not null, "recorded_at" timestamptz not null, "network_hash" text null, "user_agent" text null, primary key ("id"))`,
    );
    this.addSql(`create index "consents_of_user" on "accounts"."consents" ("user_id", "recorded_at", "id")`);
    this.addSql(
      `create table "accounts"."active_days" ("user_id" uuid not null, "day" date not null, "role" text not null, primary key ("user_id", "day"))`,
    );
    this.addSql(`create index "active_days_by_day" on "accounts"."active_days" ("day", "role", "user_id")`);
    this.addSql(
      `create table "accounts"."development_messages" ("id" uuid not null, "channel" text not null, "recipient" text not null, "subject" text null, "text" text not null, "user_id" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "development_messages_newest" on "accounts"."development_messages" ("created_at", "id")`);
    this.addSql(`create index "development_messages_of_user" on "accounts"."development_messages" ("user_id")`);
    this.addSql(
      `create table "accounts"."account_deletions" ("user_id" uuid not null, "requested_at" timestamptz not null, "due_at" timestamptz not null, "erased_at" timestamptz null, "completed_at" timestamptz null, "rooms" text[] not null, primary key ("user_id"))`,
    );
    this.addSql(
      `create index "account_deletions_due" on "accounts"."account_deletions" ("due_at") where erased_at is null`,
    );
    this.addSql(
      `create table "accounts"."erased_parts" ("user_id" uuid not null, "room" text not null, "erased_at" timestamptz not null, primary key ("user_id", "room"))`,
    );
    this.addSql(
      `create table "accounts"."user_permissions" ("user_id" uuid not null, "permission" text not null, "is_granted" boolean not null, "expires_at" timestamptz null, "created_at" timestamptz not null, "created_by" uuid not null, primary key ("user_id", "permission"))`,
    );
    this.addSql(`create index "user_permissions_expiry" on "accounts"."user_permissions" ("expires_at")`);
    this.addSql(
      `create table "accounts"."user_permission_sets" ("user_id" uuid not null, "set_id" uuid not null, "expires_at" timestamptz null, "created_at" timestamptz not null, "created_by" uuid not null, primary key ("user_id", "set_id"))`,
    );
    this.addSql(
      `create table "accounts"."verification_codes" ("user_id" uuid not null, "purpose" text not null, "id" uuid not null, "target" text not null, "code_hash" text not null, "attempts" int not null default 0, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("user_id", "purpose"))`,
    );
    this.addSql(`create index "verification_codes_expiry" on "accounts"."verification_codes" ("expires_at")`);
    this.addSql(
      `create table "accounts"."pending_notices" ("id" uuid not null, "user_id" uuid not null, "notice" text not null, "recipient" text null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "pending_notices_of_user" on "accounts"."pending_notices" ("user_id")`);
    this.addSql(`create index "pending_notices_oldest" on "accounts"."pending_notices" ("created_at")`);
    this.addSql(
      `alter table "accounts"."verification_codes" add constraint "verification_codes_id_unique" unique ("id")`,
    );
    this.addSql(`alter table "accounts"."users" drop constraint "users_email_unique"`);
    this.addSql(
      `alter table "accounts"."users" add "email_verified_at" timestamptz null, add "username" text null, add "phone" text null, add "telegram_id" text null, add "telegram_username" text null, add "telegram_photo_url" text null, add "avatar_key" text null, add "role_changed_at" timestamptz null, add "suspended_at" timestamptz null, add "erased_at" timestamptz null`,
    );
    // Accounts from before verification keep what they could do.
    this.addSql('update accounts.users set email_verified_at = created_at');
    this.addSql(`alter table "accounts"."users" alter column "email" drop not null`);
    this.addSql(
      `create unique index users_verified_email_unique on accounts.users (email) where email_verified_at is not null`,
    );
    this.addSql(
      `create unique index users_unverified_email_unique on accounts.users (email) where email_verified_at is null`,
    );
    this.addSql(
      `create index "users_role_changed" on "accounts"."users" ("role_changed_at") where role_changed_at is not null`,
    );
    this.addSql(`alter table "accounts"."users" add constraint "users_username_unique" unique ("username")`);
    this.addSql(`alter table "accounts"."users" add constraint "users_telegram_unique" unique ("telegram_id")`);
    this.addSql(
      `alter table "accounts"."users" add constraint "users_email_check" check (email is null or (email = lower(email) and length(email) <= 254))`,
    );
    this.addSql(
      `alter table "accounts"."users" add constraint "users_email_verified_check" check (email_verified_at is null or email is not null)`,
    );
    this.addSql(
      `alter table "accounts"."users" add constraint "users_username_check" check (username ~ '^[a-z][a-z0-9_.]{2,31}$')`,
    );
    this.addSql(
      `alter table "accounts"."users" add constraint "users_phone_check" check (phone ~ '^[+][1-9][0-9]{6,14}$')`,
    );
    this.addSql(
      `alter table "accounts"."users" add constraint "users_sign_in_check" check (erased_at is not null or email is not null or telegram_id is not null)`,
    );
    this.addSql(`alter table "accounts"."sessions" add "user_agent" text null, add "network_address" text null`);
    this.addSql(
      `alter table "accounts"."permission_sets" add constraint "permission_sets_name_check" check (length(name) >= 1 and length(name) <= 80)`,
    );
    this.addSql(
      `alter table "accounts"."permission_sets" add constraint "permission_sets_description_check" check (length(description) <= 500)`,
    );
    this.addSql(
      `alter table "accounts"."role_permission_sets" add constraint "role_permission_sets_set_id_foreign" foreign key ("set_id") references "accounts"."permission_sets" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."role_permission_sets" add constraint "role_permission_sets_role_check" check ("role" in ('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'))`,
    );
    this.addSql(
      `alter table "accounts"."uploads" add constraint "uploads_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(`alter table "accounts"."uploads" add constraint "uploads_size_check" check (size >= 1)`);
    this.addSql(
      `alter table "accounts"."uploads" add constraint "uploads_confirmed_check" check (status <> 'CONFIRMED' or storage_key is not null)`,
    );
    this.addSql(
      `alter table "accounts"."uploads" add constraint "uploads_status_check" check ("status" in ('REQUESTED', 'PROCESSING', 'CONFIRMED', 'REFUSED'))`,
    );
    this.addSql(
      `alter table "accounts"."data_exports" add constraint "data_exports_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."data_exports" add constraint "data_exports_status_check" check ("status" in ('PENDING', 'READY', 'FAILED', 'EXPIRED'))`,
    );
    this.addSql(
      `alter table "accounts"."data_export_parts" add constraint "data_export_parts_export_id_foreign" foreign key ("export_id") references "accounts"."data_exports" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."consents" add constraint "consents_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."active_days" add constraint "active_days_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."active_days" add constraint "active_days_role_check" check ("role" in ('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'))`,
    );
    this.addSql(
      `alter table "accounts"."account_deletions" add constraint "account_deletions_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."erased_parts" add constraint "erased_parts_user_id_foreign" foreign key ("user_id") references "accounts"."account_deletions" ("user_id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."user_permissions" add constraint "user_permissions_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."user_permission_sets" add constraint "user_permission_sets_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."user_permission_sets" add constraint "user_permission_sets_set_id_foreign" foreign key ("set_id") references "accounts"."permission_sets" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."verification_codes" add constraint "verification_codes_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."pending_notices" add constraint "pending_notices_user_id_foreign" foreign key ("user_id") references "accounts"."users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "accounts"."verification_codes" add constraint "verification_codes_attempts_check" check (attempts >= 0 and attempts <= 5)`,
    );
    this.addSql(
      `alter table "accounts"."verification_codes" add constraint "verification_codes_purpose_check" check ("purpose" in ('EMAIL', 'PHONE', 'PASSWORD'))`,
    );
    this.addSql(
      `alter table "accounts"."development_messages" add constraint "development_messages_channel_check" check ("channel" in ('EMAIL', 'SMS'))`,
    );
    this.addSql(
      `create function "accounts"."audit_entries_audit_entries_append_only_fn"() returns trigger as $$ begin raise exception 'The audit log is append-only' using errcode = 'insufficient_privilege'; end; $$ language plpgsql`,
    );
    this.addSql(
      'create trigger "audit_entries_append_only" before update or delete on "accounts"."audit_entries" for each row execute function "accounts"."audit_entries_audit_entries_append_only_fn"()',
    );
    this.addSql(
      'create trigger "audit_entries_not_truncated" before truncate on "accounts"."audit_entries" for each statement execute function "accounts"."audit_entries_audit_entries_append_only_fn"()',
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** The messaging room's first tables. What devices sync by, the database writes: no statement can forget it. */
export class Migration20261121170000_initial extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "messaging"`);
    this.addSql(
      `create table "messaging"."announcements" ("id" uuid not null, "status" text not null, "audience" jsonb not null, "channels" text[] not null, "urgency" text not null, "texts" jsonb not null, "url" text null, "metadata" jsonb not null, "total" int null, "done" int not null default 0, "last_user_id" uuid null, "created_by" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "announcements_newest" on "messaging"."announcements" ("created_at", "id")`);
    this.addSql(
      `create table "messaging"."channel_digests" ("user_id" uuid not null, "channel" text not null, "mode" text not null, "updated_at" timestamptz not null, primary key ("user_id", "channel"))`,
    );
    this.addSql(
      `create table "messaging"."chat_rooms" ("id" uuid not null, "kind" text not null, "unique_key" text null, "title" text null, "description" text null, "course_id" uuid null, "hides_contacts" boolean not null default false, "closed_at" timestamptz null, "last_sequence" bigint not null default '0', "member_count" int not null default 0, "last_activity_at" timestamptz not null, "created_by" uuid null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "changed_tx" xid8 not null default pg_current_xact_id(), primary key ("id"))`,
    );
    this.addSql(`create index "chat_rooms_newest" on "messaging"."chat_rooms" ("last_activity_at", "id")`);
    this.addSql(
      `create index "chat_rooms_of_course" on "messaging"."chat_rooms" ("course_id") where course_id is not null`,
    );
    this.addSql(`alter table "messaging"."chat_rooms" add constraint "chat_rooms_key_unique" unique ("unique_key")`);
    this.addSql(
      `create table "messaging"."chat_messages" ("id" uuid not null, "room_id" uuid not null, "sequence" bigint not null, "author_id" uuid null, "text" text not null, "reply_to_id" uuid null, "edited_at" timestamptz null, "deleted_at" timestamptz null, "deleted_by" uuid null, "created_at" timestamptz not null, "changed_tx" xid8 not null default pg_current_xact_id(), "document" tsvector generated always as (to_tsvector('russian'::regconfig, text)) stored null, primary key ("id"))`,
    );
    this.addSql(`create index "chat_messages_changed" on "messaging"."chat_messages" ("room_id", "changed_tx", "id")`);
    this.addSql(`create index "chat_messages_of_author" on "messaging"."chat_messages" ("author_id", "created_at")`);
    this.addSql(`create index chat_messages_search on messaging.chat_messages using gin (document)`);
    this.addSql(
      `alter table "messaging"."chat_messages" add constraint "chat_messages_sequence_unique" unique ("room_id", "sequence")`,
    );
    this.addSql(
      `create table "messaging"."chat_reactions" ("message_id" uuid not null, "user_id" uuid not null, "emoji" text not null, "created_at" timestamptz not null, primary key ("message_id", "user_id", "emoji"))`,
    );
    this.addSql(`create index "chat_reactions_of_user" on "messaging"."chat_reactions" ("user_id")`);
    this.addSql(
      `create table "messaging"."chat_pins" ("message_id" uuid not null, "room_id" uuid not null, "pinned_by" uuid null, "pinned_at" timestamptz not null, primary key ("message_id"))`,
    );
    this.addSql(`create index "chat_pins_of_room" on "messaging"."chat_pins" ("room_id", "pinned_at", "message_id")`);
    this.addSql(
      `create table "messaging"."chat_attachments" ("id" uuid not null, "message_id" uuid not null, "position" smallint not null, "name" text not null, "content_type" text not null, "size" int not null, "key" text not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "chat_attachments_of_message" on "messaging"."chat_attachments" ("message_id", "position")`,
    );
    this.addSql(
      `create table "messaging"."chat_members" ("room_id" uuid not null, "user_id" uuid not null, "role" text not null, "joined_at" timestamptz not null, "ended_at" timestamptz null, "ending" text null, "muted_until" timestamptz null, "last_read_sequence" bigint not null default '0', "last_read_at" timestamptz null, "changed_tx" xid8 not null default pg_current_xact_id(), primary key ("room_id", "user_id"))`,
    );
    this.addSql(
      `create index "chat_members_of_user" on "messaging"."chat_members" ("user_id", "room_id") where ended_at is null`,
    );
    this.addSql(`create index "chat_members_changed" on "messaging"."chat_members" ("user_id", "changed_tx")`);
    this.addSql(
      `create table "messaging"."dead_letters" ("consumer" text not null, "stream" text not null, "position" bigint not null, "event" jsonb not null, "error_code" text not null, "failures" int not null, "failed_at" timestamptz not null, primary key ("consumer", "stream", "position"))`,
    );
    this.addSql(
      `create table "messaging"."development_messages" ("id" uuid not null, "channel" text not null, "recipient" text not null, "subject" text null, "text" text not null, "user_id" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "development_messages_newest" on "messaging"."development_messages" ("created_at", "id")`,
    );
    this.addSql(`create index "development_messages_of_user" on "messaging"."development_messages" ("user_id")`);
    this.addSql(
      `create table "messaging"."devices" ("id" uuid not null, "user_id" uuid not null, "platform" text not null, "token" text not null, "token_hash" text not null, "p256dh" text null, "auth" text null, "topics" text[] not null default '{}', "created_at" timestamptz not null, "last_seen_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "devices_of_user" on "messaging"."devices" ("user_id")`);
    this.addSql(`create index devices_of_topics on messaging.devices using gin (topics)`);
    this.addSql(`alter table "messaging"."devices" add constraint "devices_token_unique" unique ("token_hash")`);
    this.addSql(
      `create table "messaging"."digests" ("id" uuid not null, "user_id" uuid not null, "channel" text not null, "due_at" timestamptz not null, "closed_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "digests_of_user" on "messaging"."digests" ("user_id")`);
    this.addSql(`create unique index digests_one_open on messaging.digests (user_id, channel) where closed_at is null`);
    this.addSql(
      `create table "messaging"."followed_changes" ("user_id" uuid not null, "kind" text not null, "ref_id" uuid not null, "is_deleted" boolean not null default false, "changed_at" timestamptz not null, "changed_tx" xid8 not null default pg_current_xact_id(), primary key ("user_id", "kind", "ref_id"))`,
    );
    this.addSql(
      `create index "followed_changes_of_user" on "messaging"."followed_changes" ("user_id", "changed_tx", "ref_id")`,
    );
    this.addSql(
      `create table "messaging"."idempotency_keys" ("viewer_id" uuid not null, "mutation" text not null, "key" text not null, "input_hash" text not null, "result" jsonb not null, "created_at" timestamptz not null, primary key ("viewer_id", "mutation", "key"))`,
    );
    this.addSql(`create index "idempotency_keys_oldest" on "messaging"."idempotency_keys" ("created_at")`);
    this.addSql(
      `create table "messaging"."inbox" ("consumer" text not null, "stream" text not null, "position" bigint not null, "failures" int not null default 0, primary key ("consumer", "stream"))`,
    );
    this.addSql(
      `create table "messaging"."notifications" ("id" uuid not null, "user_id" uuid not null, "type" text not null, "source_id" text not null, "urgency" text not null, "values" jsonb not null, "target_kind" text null, "target_id" uuid null, "read_at" timestamptz null, "deleted_at" timestamptz null, "created_at" timestamptz not null, "changed_tx" xid8 not null default pg_current_xact_id(), primary key ("id"))`,
    );
    this.addSql(
      `create index "notifications_of_user" on "messaging"."notifications" ("user_id", "created_at", "id") where deleted_at is null`,
    );
    this.addSql(
      `create index "notifications_unread" on "messaging"."notifications" ("user_id") where deleted_at is null and read_at is null`,
    );
    this.addSql(`create index "notifications_changed" on "messaging"."notifications" ("user_id", "changed_tx", "id")`);
    this.addSql(`create index "notifications_oldest" on "messaging"."notifications" ("created_at")`);
    this.addSql(
      `alter table "messaging"."notifications" add constraint "notifications_once" unique ("user_id", "type", "source_id")`,
    );
    this.addSql(
      `create table "messaging"."deliveries" ("id" uuid not null, "notification_id" uuid not null, "channel" text not null, "status" text not null, "reason" text null, "attempts" int not null default 0, "due_at" timestamptz not null, "digest_id" uuid null, "provider_message_id" text null, "sent_at" timestamptz null, "delivered_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "deliveries_of_digest" on "messaging"."deliveries" ("digest_id") where digest_id is not null`,
    );
    this.addSql(`create index "deliveries_waiting" on "messaging"."deliveries" ("due_at") where status = 'QUEUED'`);
    this.addSql(
      `create index "deliveries_by_provider_id" on "messaging"."deliveries" ("provider_message_id") where provider_message_id is not null`,
    );
    this.addSql(
      `alter table "messaging"."deliveries" add constraint "deliveries_once" unique ("notification_id", "channel")`,
    );
    this.addSql(
      `create table "messaging"."outbox" ("sequence" bigserial primary key, "event" jsonb not null, "position" bigint null, "positioned_at" timestamptz null)`,
    );
    this.addSql(`create index "outbox_unnumbered" on "messaging"."outbox" ("sequence") where position is null`);
    this.addSql(`alter table "messaging"."outbox" add constraint "outbox_position_unique" unique ("position")`);
    this.addSql(
      `create table "messaging"."outbox_relay" ("id" smallint not null, "last_position" bigint not null default '0', primary key ("id"))`,
    );
    this.addSql(
      `create table "messaging"."preferences" ("user_id" uuid not null, "type" text not null, "channel" text not null, "enabled" boolean not null, "updated_at" timestamptz not null, primary key ("user_id", "type", "channel"))`,
    );
    this.addSql(
      `create table "messaging"."quiet_hours" ("user_id" uuid not null, "starts_at" time not null, "ends_at" time not null, "updated_at" timestamptz not null, primary key ("user_id"))`,
    );
    this.addSql(
      `create table "messaging"."reports" ("id" uuid not null, "message_id" uuid not null, "room_id" uuid not null, "reporter_id" uuid null, "reason" text not null, "note" text null, "reported_text" text not null, "status" text not null, "decided_by" uuid null, "decided_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "reports_queue" on "messaging"."reports" ("status", "created_at", "id")`);
    this.addSql(`alter table "messaging"."reports" add constraint "reports_once" unique ("message_id", "reporter_id")`);
    this.addSql(
      `create table "messaging"."suppressions" ("channel" text not null, "address_hash" text not null, "reason" text not null, "created_at" timestamptz not null, primary key ("channel", "address_hash"))`,
    );
    this.addSql(
      `create table "messaging"."user_blocks" ("blocker_id" uuid not null, "blocked_id" uuid not null, "created_at" timestamptz not null, primary key ("blocker_id", "blocked_id"))`,
    );
    this.addSql(`create index "user_blocks_of_blocked" on "messaging"."user_blocks" ("blocked_id")`);
    this.addSql(
      `alter table "messaging"."announcements" add constraint "announcements_counts_check" check (done >= 0 and (total is null or total >= 0))`,
    );
    this.addSql(
      `alter table "messaging"."announcements" add constraint "announcements_status_check" check ("status" in ('QUEUED', 'SENDING', 'SENT', 'CANCELLED', 'FAILED'))`,
    );
    this.addSql(
      `alter table "messaging"."announcements" add constraint "announcements_channels_check" check ("channels" <@ array['IN_APP'::text, 'EMAIL'::text, 'SMS'::text, 'PUSH'::text, 'TELEGRAM'::text])`,
    );
    this.addSql(
      `alter table "messaging"."announcements" add constraint "announcements_urgency_check" check ("urgency" in ('LOW', 'NORMAL', 'HIGH', 'CRITICAL'))`,
    );
    this.addSql(
      `alter table "messaging"."channel_digests" add constraint "channel_digests_channel_check" check ("channel" in ('IN_APP', 'EMAIL', 'SMS', 'PUSH', 'TELEGRAM'))`,
    );
    this.addSql(
      `alter table "messaging"."channel_digests" add constraint "channel_digests_mode_check" check ("mode" in ('NONE', 'HOURLY', 'MORNING'))`,
    );
    this.addSql(
      `alter table "messaging"."chat_rooms" add constraint "chat_rooms_sequence_check" check (last_sequence >= 0)`,
    );
    this.addSql(
      `alter table "messaging"."chat_rooms" add constraint "chat_rooms_title_check" check ((kind in ('GROUP', 'NAMED')) = (title is not null))`,
    );
    this.addSql(
      `alter table "messaging"."chat_rooms" add constraint "chat_rooms_kind_check" check ("kind" in ('DIRECT', 'GROUP', 'SUPPORT', 'NAMED'))`,
    );
    this.addSql(
      `alter table "messaging"."chat_messages" add constraint "chat_messages_room_id_foreign" foreign key ("room_id") references "messaging"."chat_rooms" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."chat_messages" add constraint "chat_messages_text_check" check (char_length(text) <= 4000)`,
    );
    this.addSql(
      `alter table "messaging"."chat_messages" add constraint "chat_messages_deleted_check" check (deleted_at is null or text = '')`,
    );
    this.addSql(
      `alter table "messaging"."chat_reactions" add constraint "chat_reactions_message_id_foreign" foreign key ("message_id") references "messaging"."chat_messages" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."chat_pins" add constraint "chat_pins_message_id_foreign" foreign key ("message_id") references "messaging"."chat_messages" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."chat_pins" add constraint "chat_pins_room_id_foreign" foreign key ("room_id") references "messaging"."chat_rooms" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."chat_attachments" add constraint "chat_attachments_message_id_foreign" foreign key ("message_id") references "messaging"."chat_messages" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."chat_members" add constraint "chat_members_room_id_foreign" foreign key ("room_id") references "messaging"."chat_rooms" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."chat_members" add constraint "chat_members_end_check" check ((ended_at is null) = (ending is null))`,
    );
    this.addSql(
      `alter table "messaging"."chat_members" add constraint "chat_members_read_check" check (last_read_sequence >= 0)`,
    );
    this.addSql(
      `alter table "messaging"."chat_members" add constraint "chat_members_role_check" check ("role" in ('MEMBER', 'MODERATOR'))`,
    );
    this.addSql(
      `alter table "messaging"."chat_members" add constraint "chat_members_ending_check" check ("ending" in ('LEFT', 'REMOVED', 'BANNED', 'ERASED'))`,
    );
    this.addSql(
      `alter table "messaging"."development_messages" add constraint "development_messages_channel_check" check ("channel" in ('EMAIL', 'SMS'))`,
    );
    this.addSql(
      `alter table "messaging"."devices" add constraint "devices_keys_check" check (case platform when 'WEB' then p256dh is not null and auth is not null else p256dh is null and auth is null end)`,
    );
    this.addSql(
      `alter table "messaging"."devices" add constraint "devices_platform_check" check ("platform" in ('ANDROID', 'IOS', 'WEB'))`,
    );
    this.addSql(
      `alter table "messaging"."digests" add constraint "digests_channel_check" check ("channel" in ('IN_APP', 'EMAIL', 'SMS', 'PUSH', 'TELEGRAM'))`,
    );
    this.addSql(
      `alter table "messaging"."followed_changes" add constraint "followed_changes_kind_check" check ("kind" in ('BOOKING', 'ORDER', 'PAYMENT', 'LEARNING_PROGRESS'))`,
    );
    this.addSql(
      `alter table "messaging"."notifications" add constraint "notifications_urgency_check" check ("urgency" in ('LOW', 'NORMAL', 'HIGH', 'CRITICAL'))`,
    );
    this.addSql(
      `alter table "messaging"."notifications" add constraint "notifications_target_kind_check" check ("target_kind" in ('BOOKING', 'ORDER', 'APPLICATION', 'TUTOR', 'PAYMENT', 'PACKAGE', 'WITHDRAWAL', 'INTERVIEW', 'VERIFICATION', 'REVIEW', 'SAVED_SEARCH', 'CHAT_ROOM', 'REPORT', 'ACCOUNT'))`,
    );
    this.addSql(
      `alter table "messaging"."deliveries" add constraint "deliveries_notification_id_foreign" foreign key ("notification_id") references "messaging"."notifications" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."deliveries" add constraint "deliveries_digest_id_foreign" foreign key ("digest_id") references "messaging"."digests" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "messaging"."deliveries" add constraint "deliveries_attempts_range" check (attempts >= 0)`,
    );
    this.addSql(
      `alter table "messaging"."deliveries" add constraint "deliveries_channel_check" check ("channel" in ('IN_APP', 'EMAIL', 'SMS', 'PUSH', 'TELEGRAM'))`,
    );
    this.addSql(
      `alter table "messaging"."deliveries" add constraint "deliveries_status_check" check ("status" in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'))`,
    );
    this.addSql(`alter table "messaging"."outbox_relay" add constraint "outbox_relay_single" check (id = 1)`);
    this.addSql(
      `alter table "messaging"."preferences" add constraint "preferences_channel_check" check ("channel" in ('IN_APP', 'EMAIL', 'SMS', 'PUSH', 'TELEGRAM'))`,
    );
    this.addSql(
      `alter table "messaging"."quiet_hours" add constraint "quiet_hours_not_empty" check (starts_at <> ends_at)`,
    );
    this.addSql(
      `alter table "messaging"."reports" add constraint "reports_message_id_foreign" foreign key ("message_id") references "messaging"."chat_messages" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "messaging"."reports" add constraint "reports_decided_check" check ((status = 'OPEN') = (decided_at is null))`,
    );
    this.addSql(
      `alter table "messaging"."reports" add constraint "reports_reason_check" check ("reason" in ('SPAM', 'ABUSE', 'CONTACTS', 'FRAUD', 'OTHER'))`,
    );
    this.addSql(
      `alter table "messaging"."reports" add constraint "reports_status_check" check ("status" in ('OPEN', 'UPHELD', 'DISMISSED'))`,
    );
    this.addSql(
      `alter table "messaging"."suppressions" add constraint "suppressions_channel_check" check ("channel" in ('IN_APP', 'EMAIL', 'SMS', 'PUSH', 'TELEGRAM'))`,
    );
    this.addSql(
      `alter table "messaging"."user_blocks" add constraint "user_blocks_other_check" check (blocker_id <> blocked_id)`,
    );
    this.addSql(`create function messaging.mark_change() returns trigger language plpgsql as $$
      begin
        new.changed_tx := pg_current_xact_id();
        return new;
      end $$`);
    for (const table of ['notifications', 'chat_rooms', 'chat_members', 'chat_messages', 'followed_changes']) {
      this.addSql(`create trigger mark_change before insert or update on messaging.${table}
        for each row execute function messaging.mark_change()`);
    }
  }
}

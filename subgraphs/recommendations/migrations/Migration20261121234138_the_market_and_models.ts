import { Migration } from '@mikro-orm/migrations';

/** The market and models. */
export class Migration20261121234138_the_market_and_models extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "recommendations"`);
    this.addSql(
      `create table "recommendations"."dead_letters" ("consumer" text not null, "stream" text not null, "position" bigint not null, "event" jsonb not null, "error_code" text not null, "failures" int not null, "failed_at" timestamptz not null, primary key ("consumer", "stream", "position"))`,
    );
    this.addSql(
      `create table "recommendations"."idempotency_keys" ("viewer_id" uuid not null, "mutation" text not null, "key" text not null, "input_hash" text not null, "result" jsonb not null, "created_at" timestamptz not null, primary key ("viewer_id", "mutation", "key"))`,
    );
    this.addSql(`create index "idempotency_keys_oldest" on "recommendations"."idempotency_keys" ("created_at")`);
    this.addSql(
      `create table "recommendations"."inbox" ("consumer" text not null, "stream" text not null, "position" bigint not null, "failures" int not null default 0, primary key ("consumer", "stream"))`,
    );
    this.addSql(
      `create table "recommendations"."applications" ("id" uuid not null, "order_id" uuid not null, "tutor_id" uuid not null, "status" text not null, "rate_minor" bigint not null, "created_at" timestamptz not null, "decided_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "applications_of_order" on "recommendations"."applications" ("order_id")`);
    this.addSql(`create index "applications_of_tutor" on "recommendations"."applications" ("tutor_id", "created_at")`);
    this.addSql(
      `create table "recommendations"."bookings" ("id" uuid not null, "student_id" uuid not null, "tutor_id" uuid not null, "subject_id" uuid not null, "order_id" uuid null, "status" text not null, "starts_at" timestamptz null, "created_at" timestamptz not null, "completed_at" timestamptz null, "let_down" boolean not null, primary key ("id"))`,
    );
    this.addSql(`create index "bookings_of_tutor" on "recommendations"."bookings" ("tutor_id", "starts_at")`);
    this.addSql(`create index "bookings_of_student" on "recommendations"."bookings" ("student_id", "tutor_id")`);
    this.addSql(`create index "bookings_of_order" on "recommendations"."bookings" ("order_id")`);
    this.addSql(
      `create table "recommendations"."orders" ("id" uuid not null, "student_id" uuid not null, "subject_id" uuid not null, "level" text not null, "format" text not null, "city" text null, "budget_minor" bigint null, "currency" text null, "title" text not null, "description" text null, "goal" text null, "preferred_times" text null, "hours" bit(168) null, "languages" text[] not null, "status" text not null, "created_at" timestamptz not null, "closed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create index "orders_open_of_subject" on "recommendations"."orders" ("subject_id", "created_at", "id") where status = 'OPEN'`,
    );
    this.addSql(`create index "orders_of_student" on "recommendations"."orders" ("student_id", "created_at")`);
    this.addSql(
      `create table "recommendations"."reviews" ("id" uuid not null, "tutor_id" uuid not null, "subject_id" uuid not null, "author_id" uuid null, "rating" int not null, "text" text null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "reviews_of_tutor" on "recommendations"."reviews" ("tutor_id", "created_at")`);
    this.addSql(`create index "reviews_of_author" on "recommendations"."reviews" ("author_id")`);
    this.addSql(
      `create table "recommendations"."tutors" ("id" uuid not null, "user_id" uuid not null, "hidden" boolean not null, "currency" text not null, "city" text null, "languages" text[] not null, "formats" text[] not null, "experience_years" int not null, "premium" boolean not null, "verified" boolean not null, "headline" text not null, "biography" text null, "hours" bit(168) null, "created_at" timestamptz not null, "changed_at" timestamptz not null, "review_count" int not null default 0, "rating" real null, "application_count" int not null default 0, "chosen_count" int not null default 0, "response_minutes" real null, "student_count" int not null default 0, "returning_count" int not null default 0, "lesson_count" int not null default 0, "booking_count" int not null default 0, "let_down_count" int not null default 0, "recent_lessons" int not null default 0, "upcoming_lessons" int not null default 0, "last_active_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "tutors_of_user" on "recommendations"."tutors" ("user_id")`);
    this.addSql(`create index "tutors_newest" on "recommendations"."tutors" ("created_at", "id") where not hidden`);
    this.addSql(
      `create table "recommendations"."offers" ("tutor_id" uuid not null, "subject_id" uuid not null, "levels" text[] not null, "rate_minor" bigint not null, "currency" text not null, "hidden" boolean not null, "city" text null, "languages" text[] not null, "formats" text[] not null, "hours" bit(168) null, "tutor_created_at" timestamptz not null, "lesson_count" int not null default 0, "popularity" real not null default 0, primary key ("tutor_id", "subject_id"))`,
    );
    this.addSql(
      `create index "offers_popular" on "recommendations"."offers" ("subject_id", "popularity", "tutor_id") where not hidden`,
    );
    this.addSql(
      `create table "recommendations"."outbox" ("sequence" bigserial primary key, "event" jsonb not null, "position" bigint null, "positioned_at" timestamptz null)`,
    );
    this.addSql(`create index "outbox_unnumbered" on "recommendations"."outbox" ("sequence") where position is null`);
    this.addSql(`alter table "recommendations"."outbox" add constraint "outbox_position_unique" unique ("position")`);
    this.addSql(
      `create table "recommendations"."outbox_relay" ("id" smallint not null, "last_position" bigint not null default '0', primary key ("id"))`,
    );
    this.addSql(
      `create table "recommendations"."outcomes" ("id" uuid not null, "kind" text not null, "source_id" uuid not null, "tutor_id" uuid not null, "student_id" uuid null, "order_id" uuid null, "request_id" uuid null, "model_id" uuid null, "variants" jsonb null, "rating" int null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "outcomes_of_request" on "recommendations"."outcomes" ("request_id", "tutor_id")`);
    this.addSql(`create index "outcomes_newest" on "recommendations"."outcomes" ("at", "id")`);
    this.addSql(`create index "outcomes_of_student" on "recommendations"."outcomes" ("student_id")`);
    this.addSql(`alter table "recommendations"."outcomes" add constraint "outcomes_once" unique ("kind", "source_id")`);
    this.addSql(
      `create table "recommendations"."ranking_models" ("id" uuid not null, "version" int not null, "source" text not null, "status" text not null, "content" jsonb not null, "data_from" timestamptz null, "data_to" timestamptz null, "metrics" jsonb not null, "created_at" timestamptz not null, "promoted_at" timestamptz null, "promoted_by" uuid null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "recommendations"."ranking_models" add constraint "ranking_models_version_unique" unique ("version")`,
    );
    this.addSql(`create index "ranking_models_newest" on "recommendations"."ranking_models" ("created_at", "id")`);
    this.addSql(
      `create unique index ranking_models_one_runs on recommendations.ranking_models ((true)) where status = 'RUNNING'`,
    );
    this.addSql(
      `create table "recommendations"."ranking_requests" ("id" uuid not null, "surface" text not null, "order_id" uuid null, "viewer_id" uuid null, "subject_id" uuid null, "city" text null, "model_id" uuid not null, "embedding_model" text null, "variants" jsonb not null, "degraded" boolean not null, "candidate_count" int not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "ranking_requests_newest" on "recommendations"."ranking_requests" ("created_at", "id")`);
    this.addSql(
      `create index "ranking_requests_of_order" on "recommendations"."ranking_requests" ("order_id", "created_at")`,
    );
    this.addSql(
      `create index "ranking_requests_of_viewer" on "recommendations"."ranking_requests" ("viewer_id", "created_at")`,
    );
    this.addSql(
      `create table "recommendations"."impressions" ("request_id" uuid not null, "tutor_id" uuid not null, "position" int not null, "score" real not null, "chance" real null, "features" real[] not null, "explored" boolean not null, "shown_at" timestamptz not null, primary key ("request_id", "tutor_id"))`,
    );
    this.addSql(`create index "impressions_of_tutor" on "recommendations"."impressions" ("tutor_id", "shown_at")`);
    this.addSql(
      `create table "recommendations"."tutor_insights" ("tutor_id" uuid not null, "topics" jsonb not null, "styles" jsonb not null, "sentiment" real null, "source_hash" text not null, "updated_at" timestamptz not null, primary key ("tutor_id"))`,
    );
    this.addSql(
      `alter table "recommendations"."applications" add constraint "applications_status_check" check ("status" in ('PENDING', 'CHOSEN', 'DECLINED', 'WITHDRAWN', 'NOT_CHOSEN'))`,
    );
    this.addSql(
      `alter table "recommendations"."orders" add constraint "orders_level_check" check ("level" in ('PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'))`,
    );
    this.addSql(
      `alter table "recommendations"."orders" add constraint "orders_format_check" check ("format" in ('ONLINE', 'IN_PERSON'))`,
    );
    this.addSql(
      `alter table "recommendations"."orders" add constraint "orders_status_check" check ("status" in ('OPEN', 'MATCHED', 'CLOSED'))`,
    );
    this.addSql(
      `alter table "recommendations"."offers" add constraint "offers_tutor_id_foreign" foreign key ("tutor_id") references "recommendations"."tutors" ("id") on delete cascade`,
    );
    this.addSql(`alter table "recommendations"."outbox_relay" add constraint "outbox_relay_single" check (id = 1)`);
    this.addSql(
      `alter table "recommendations"."outcomes" add constraint "outcomes_kind_check" check ("kind" in ('OPENED', 'APPLIED', 'CHOSEN', 'BOOKED', 'REVIEWED', 'REPEATED'))`,
    );
    this.addSql(
      `alter table "recommendations"."ranking_models" add constraint "ranking_models_source_check" check ("source" in ('HAND_MADE', 'SHIPPED', 'TRAINED'))`,
    );
    this.addSql(
      `alter table "recommendations"."ranking_models" add constraint "ranking_models_status_check" check ("status" in ('REJECTED', 'RUNNING', 'RETIRED'))`,
    );
    this.addSql(
      `alter table "recommendations"."ranking_requests" add constraint "ranking_requests_surface_check" check ("surface" in ('ORDER', 'WISH', 'SIMILAR', 'ORDERS'))`,
    );
    this.addSql(
      `alter table "recommendations"."impressions" add constraint "impressions_request_id_foreign" foreign key ("request_id") references "recommendations"."ranking_requests" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."tutor_insights" add constraint "tutor_insights_tutor_id_foreign" foreign key ("tutor_id") references "recommendations"."tutors" ("id") on update cascade on delete cascade`,
    );
  }
}

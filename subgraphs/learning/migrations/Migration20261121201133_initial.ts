import { Migration } from '@mikro-orm/migrations';

/** Initial. */
export class Migration20261121201133_initial extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "learning"`);
    this.addSql(
      `create table "learning"."courses" ("id" uuid not null, "slug" text not null, "title" text not null, "description" text not null, "language" text not null, "enrollment_policy" text not null, "price_minor" bigint null, "currency" text null, "length_days" int not null, "certificate_rule" text not null, "certificate_score" int not null default 0, "archived_at" timestamptz null, "created_by" uuid null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "courses_newest" on "learning"."courses" ("created_at", "id")`);
    this.addSql(`alter table "learning"."courses" add constraint "courses_slug_unique" unique ("slug")`);
    this.addSql(
      `create table "learning"."cohorts" ("id" uuid not null, "course_id" uuid not null, "title" text not null, "curator_id" uuid null, "starts_on" date not null, "capacity" int null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "cohorts_of_course" on "learning"."cohorts" ("course_id", "starts_on", "id")`);
    this.addSql(`create index "cohorts_of_curator" on "learning"."cohorts" ("curator_id")`);
    this.addSql(
      `create table "learning"."course_versions" ("id" uuid not null, "course_id" uuid not null, "number" int not null, "status" text not null, "published_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index course_versions_one_draft on learning.course_versions (course_id) where status = 'DRAFT'`,
    );
    this.addSql(
      `create unique index course_versions_one_published on learning.course_versions (course_id) where status = 'PUBLISHED'`,
    );
    this.addSql(
      `alter table "learning"."course_versions" add constraint "course_versions_number_unique" unique ("course_id", "number")`,
    );
    this.addSql(
      `create table "learning"."course_modules" ("id" uuid not null, "version_id" uuid not null, "lineage_id" uuid not null, "position" int not null, "title" text not null, "description" text null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "learning"."course_modules" add constraint "course_modules_position_unique" unique ("version_id", "position") deferrable initially deferred`,
    );
    this.addSql(
      `create table "learning"."dead_letters" ("consumer" text not null, "stream" text not null, "position" bigint not null, "event" jsonb not null, "error_code" text not null, "failures" int not null, "failed_at" timestamptz not null, primary key ("consumer", "stream", "position"))`,
    );
    this.addSql(
      `create table "learning"."idempotency_keys" ("viewer_id" uuid not null, "mutation" text not null, "key" text not null, "input_hash" text not null, "result" jsonb not null, "created_at" timestamptz not null, primary key ("viewer_id", "mutation", "key"))`,
    );
    this.addSql(`create index "idempotency_keys_oldest" on "learning"."idempotency_keys" ("created_at")`);
    this.addSql(
      `create table "learning"."inbox" ("consumer" text not null, "stream" text not null, "position" bigint not null, "failures" int not null default 0, primary key ("consumer", "stream"))`,
    );
    this.addSql(
      `create table "learning"."lessons" ("id" uuid not null, "version_id" uuid not null, "module_id" uuid not null, "lineage_id" uuid not null, "position" int not null, "kind" text not null, "title" text not null, "body" text not null, "video_url" text null, "minutes" int not null, "is_preview" boolean not null default false, "is_optional" boolean not null default false, primary key ("id"))`,
    );
    this.addSql(`create index "lessons_of_lineage" on "learning"."lessons" ("lineage_id")`);
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_position_unique" unique ("module_id", "position") deferrable initially deferred`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_lineage_unique" unique ("version_id", "lineage_id")`,
    );
    this.addSql(
      `create table "learning"."lesson_prerequisites" ("lesson_id" uuid not null, "required_id" uuid not null, primary key ("lesson_id", "required_id"))`,
    );
    this.addSql(`create index "lesson_prerequisites_of_required" on "learning"."lesson_prerequisites" ("required_id")`);
    this.addSql(
      `create table "learning"."outbox" ("sequence" bigserial primary key, "event" jsonb not null, "position" bigint null, "positioned_at" timestamptz null)`,
    );
    this.addSql(`create index "outbox_unnumbered" on "learning"."outbox" ("sequence") where position is null`);
    this.addSql(`alter table "learning"."outbox" add constraint "outbox_position_unique" unique ("position")`);
    this.addSql(
      `create table "learning"."outbox_relay" ("id" smallint not null, "last_position" bigint not null default '0', primary key ("id"))`,
    );
    this.addSql(
      `create table "learning"."students" ("id" uuid not null, "user_id" uuid null, "name" text null, "email" text null, "external_id" text null, "source" text not null, "status" text not null, "last_active_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "students_newest" on "learning"."students" ("created_at", "id")`);
    this.addSql(`create index "students_of_status" on "learning"."students" ("status", "created_at", "id")`);
    this.addSql(
      `create unique index students_unclaimed_email_unique on learning.students (lower(email)) where user_id is null and email is not null`,
    );
    this.addSql(`alter table "learning"."students" add constraint "students_user_unique" unique ("user_id")`);
    this.addSql(`alter table "learning"."students" add constraint "students_external_unique" unique ("external_id")`);
    this.addSql(
      `create table "learning"."enrollments" ("id" uuid not null, "student_id" uuid not null, "course_id" uuid not null, "version_id" uuid not null, "cohort_id" uuid null, "status" text not null, "source" text not null, "payment_id" uuid null, "percent" int not null default 0, "enrolled_at" timestamptz not null, "started_at" timestamptz null, "completed_at" timestamptz null, "dropped_at" timestamptz null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "enrollments_of_student" on "learning"."enrollments" ("student_id", "enrolled_at", "id")`,
    );
    this.addSql(
      `create index "enrollments_of_course" on "learning"."enrollments" ("course_id", "status", "enrolled_at", "id")`,
    );
    this.addSql(`create index "enrollments_of_cohort" on "learning"."enrollments" ("cohort_id", "status")`);
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_once_unique" unique ("student_id", "course_id")`,
    );
    this.addSql(
      `create table "learning"."lesson_progress" ("enrollment_id" uuid not null, "lesson_id" uuid not null, "status" text not null, "started_at" timestamptz not null, "completed_at" timestamptz null, primary key ("enrollment_id", "lesson_id"))`,
    );
    this.addSql(`create index "lesson_progress_of_lesson" on "learning"."lesson_progress" ("lesson_id")`);
    this.addSql(
      `create table "learning"."activity_days" ("student_id" uuid not null, "day" date not null, "lessons" int not null default 0, "tests" int not null default 0, "homework" int not null default 0, "cards" int not null default 0, "questions" int not null default 0, primary key ("student_id", "day"))`,
    );
    this.addSql(`create index "activity_days_of_day" on "learning"."activity_days" ("day")`);
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_slug_check" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80)`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_price_check" check ((price_minor is null) = (currency is null) and (price_minor is null or price_minor > 0) and (currency is null or currency ~ '^[A-Z]{3}$'))`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_paid_check" check (enrollment_policy <> 'PAID' or price_minor is not null)`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_length_check" check (length_days between 1 and 730)`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_score_check" check (certificate_score between 0 and 100)`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_enrollment_policy_check" check ("enrollment_policy" in ('OPEN', 'PAID', 'CLOSED'))`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_certificate_rule_check" check ("certificate_rule" in ('NONE', 'COMPLETION', 'COMPLETION_AND_SCORE'))`,
    );
    this.addSql(
      `alter table "learning"."cohorts" add constraint "cohorts_course_id_foreign" foreign key ("course_id") references "learning"."courses" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."cohorts" add constraint "cohorts_capacity_check" check (capacity is null or capacity between 1 and 10000)`,
    );
    this.addSql(
      `alter table "learning"."course_versions" add constraint "course_versions_course_id_foreign" foreign key ("course_id") references "learning"."courses" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."course_versions" add constraint "course_versions_publishing_check" check ((status = 'DRAFT') = (published_at is null))`,
    );
    this.addSql(
      `alter table "learning"."course_versions" add constraint "course_versions_status_check" check ("status" in ('DRAFT', 'PUBLISHED', 'RETIRED'))`,
    );
    this.addSql(
      `alter table "learning"."course_modules" add constraint "course_modules_version_id_foreign" foreign key ("version_id") references "learning"."course_versions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_version_id_foreign" foreign key ("version_id") references "learning"."course_versions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_module_id_foreign" foreign key ("module_id") references "learning"."course_modules" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_minutes_check" check (minutes between 1 and 600)`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_video_check" check ((kind = 'VIDEO') = (video_url is not null))`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_kind_check" check ("kind" in ('VIDEO', 'TEXT', 'QUIZ'))`,
    );
    this.addSql(
      `alter table "learning"."lesson_prerequisites" add constraint "lesson_prerequisites_lesson_id_foreign" foreign key ("lesson_id") references "learning"."lessons" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lesson_prerequisites" add constraint "lesson_prerequisites_required_id_foreign" foreign key ("required_id") references "learning"."lessons" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lesson_prerequisites" add constraint "lesson_prerequisites_self_check" check (lesson_id <> required_id)`,
    );
    this.addSql(`alter table "learning"."outbox_relay" add constraint "outbox_relay_single" check (id = 1)`);
    this.addSql(
      `alter table "learning"."students" add constraint "students_claimed_check" check (user_id is null or email is null)`,
    );
    this.addSql(
      `alter table "learning"."students" add constraint "students_source_check" check ("source" in ('SELF', 'STAFF', 'PAYMENT', 'IMPORT'))`,
    );
    this.addSql(
      `alter table "learning"."students" add constraint "students_status_check" check ("status" in ('ACTIVE', 'AT_RISK', 'DROPPED', 'COMPLETED'))`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_course_id_foreign" foreign key ("course_id") references "learning"."courses" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_version_id_foreign" foreign key ("version_id") references "learning"."course_versions" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_cohort_id_foreign" foreign key ("cohort_id") references "learning"."cohorts" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_percent_check" check (percent between 0 and 100)`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_completed_check" check ((status = 'COMPLETED') = (completed_at is not null))`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_dropped_check" check ((status = 'DROPPED') = (dropped_at is not null))`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_status_check" check ("status" in ('ACTIVE', 'COMPLETED', 'DROPPED'))`,
    );
    this.addSql(
      `alter table "learning"."enrollments" add constraint "enrollments_source_check" check ("source" in ('SELF', 'STAFF', 'PAYMENT', 'IMPORT'))`,
    );
    this.addSql(
      `alter table "learning"."lesson_progress" add constraint "lesson_progress_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lesson_progress" add constraint "lesson_progress_lesson_id_foreign" foreign key ("lesson_id") references "learning"."lessons" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."lesson_progress" add constraint "lesson_progress_completed_check" check ((status = 'COMPLETED') = (completed_at is not null))`,
    );
    this.addSql(
      `alter table "learning"."lesson_progress" add constraint "lesson_progress_status_check" check ("status" in ('IN_PROGRESS', 'COMPLETED'))`,
    );
    this.addSql(
      `alter table "learning"."activity_days" add constraint "activity_days_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
  }
}

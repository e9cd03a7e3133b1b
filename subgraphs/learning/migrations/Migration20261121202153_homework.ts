import { Migration } from '@mikro-orm/migrations';

/** Homework. */
export class Migration20261121202153_homework extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."homework_comment_templates" ("id" uuid not null, "owner_id" uuid null, "title" text not null, "text" text not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "homework_comment_templates_of_owner" on "learning"."homework_comment_templates" ("owner_id", "title", "id")`,
    );
    this.addSql(
      `create table "learning"."homework" ("id" uuid not null, "lesson_id" uuid not null, "lineage_id" uuid not null, "position" int not null, "title" text not null, "instructions" text not null, "due_days" int not null, "max_score" int not null, "pass_percent" int not null, "min_words" int null, "rubric" jsonb not null, "is_required" boolean not null, "checks_english" boolean not null, primary key ("id"))`,
    );
    this.addSql(`create index "homework_of_lineage" on "learning"."homework" ("lineage_id")`);
    this.addSql(
      `alter table "learning"."homework" add constraint "homework_position_unique" unique ("lesson_id", "position") deferrable initially deferred`,
    );
    this.addSql(
      `create table "learning"."homework_assignments" ("id" uuid not null, "homework_id" uuid not null, "enrollment_id" uuid not null, "student_id" uuid not null, "status" text not null, "version" int not null default 0, "assigned_at" timestamptz not null, "due_at" timestamptz not null, "submitted_at" timestamptz null, "is_late" boolean not null default false, "score" int null, "reminded_at" timestamptz null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "homework_assignments_of_student" on "learning"."homework_assignments" ("student_id", "due_at", "id")`,
    );
    this.addSql(
      `create index "homework_assignments_of_enrollment" on "learning"."homework_assignments" ("enrollment_id")`,
    );
    this.addSql(
      `create index "homework_assignments_by_due" on "learning"."homework_assignments" ("status", "due_at", "id")`,
    );
    this.addSql(
      `create index "homework_assignments_by_submission" on "learning"."homework_assignments" ("status", "submitted_at", "id")`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_once_unique" unique ("homework_id", "enrollment_id")`,
    );
    this.addSql(
      `create table "learning"."homework_extensions" ("id" uuid not null, "assignment_id" uuid not null, "previous_due_at" timestamptz not null, "due_at" timestamptz not null, "reason" text not null, "granted_by" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "homework_extensions_of_assignment" on "learning"."homework_extensions" ("assignment_id", "created_at", "id")`,
    );
    this.addSql(
      `create table "learning"."homework_submissions" ("id" uuid not null, "assignment_id" uuid not null, "version" int not null, "status" text not null, "text" text not null, "file_ids" jsonb not null, "submitted_at" timestamptz null, "is_late" boolean not null default false, "revision" int not null default 1, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index homework_submissions_one_draft on learning.homework_submissions (assignment_id) where status = 'DRAFT'`,
    );
    this.addSql(
      `alter table "learning"."homework_submissions" add constraint "homework_submissions_version_unique" unique ("assignment_id", "version")`,
    );
    this.addSql(
      `create table "learning"."homework_grades" ("id" uuid not null, "submission_id" uuid not null, "source" text not null, "score" int not null, "max_score" int not null, "graded_by" uuid null, "graded_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "homework_grades_of_submission" on "learning"."homework_grades" ("submission_id", "graded_at", "id")`,
    );
    this.addSql(
      `create table "learning"."homework_checks" ("submission_id" uuid not null, "checker" text null, "model" text null, "degraded" boolean not null, "score" int null, "confidence" double precision not null, "scores" jsonb not null, "edits" jsonb not null, "summary" text null, "doubts" jsonb not null, "checked_at" timestamptz not null, primary key ("submission_id"))`,
    );
    this.addSql(
      `create table "learning"."homework_annotations" ("id" uuid not null, "submission_id" uuid not null, "starts_at" int not null, "ends_at" int not null, "kind" text not null, "comment" text not null, "author_id" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "homework_annotations_of_submission" on "learning"."homework_annotations" ("submission_id", "starts_at", "id")`,
    );
    this.addSql(
      `create table "learning"."homework_files" ("id" uuid not null, "assignment_id" uuid not null, "name" text not null, "content_type" text not null, "size" int not null, "key" text not null, "removed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "homework_files_of_assignment" on "learning"."homework_files" ("assignment_id")`);
    this.addSql(
      `create index "homework_files_removed" on "learning"."homework_files" ("removed_at") where removed_at is not null`,
    );
    this.addSql(
      `create table "learning"."homework_reviews" ("id" uuid not null, "submission_id" uuid not null, "number" int not null, "reviewer_id" uuid null, "decision" text not null, "scores" jsonb not null, "score" int not null, "comment" text null, "ai_score" int null, "edit_count" int not null default 0, "dismissed_edits" jsonb not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "homework_reviews_newest" on "learning"."homework_reviews" ("created_at", "id")`);
    this.addSql(
      `alter table "learning"."homework_reviews" add constraint "homework_reviews_number_unique" unique ("submission_id", "number")`,
    );
    this.addSql(
      `alter table "learning"."homework" add constraint "homework_lesson_id_foreign" foreign key ("lesson_id") references "learning"."lessons" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework" add constraint "homework_due_check" check (due_days between 1 and 365)`,
    );
    this.addSql(
      `alter table "learning"."homework" add constraint "homework_score_check" check (max_score between 1 and 1000)`,
    );
    this.addSql(
      `alter table "learning"."homework" add constraint "homework_pass_check" check (pass_percent between 1 and 100)`,
    );
    this.addSql(
      `alter table "learning"."homework" add constraint "homework_words_check" check (min_words is null or min_words > 0)`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_homework_id_foreign" foreign key ("homework_id") references "learning"."homework" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_version_check" check ((status = 'ASSIGNED') = (version = 0))`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_submitted_check" check (submitted_at is not null or status in ('ASSIGNED', 'DRAFT'))`,
    );
    this.addSql(
      `alter table "learning"."homework_assignments" add constraint "homework_assignments_status_check" check ("status" in ('ASSIGNED', 'DRAFT', 'SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW', 'REVIEWED', 'RETURNED'))`,
    );
    this.addSql(
      `alter table "learning"."homework_extensions" add constraint "homework_extensions_assignment_id_foreign" foreign key ("assignment_id") references "learning"."homework_assignments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_extensions" add constraint "homework_extensions_later_check" check (due_at > previous_due_at)`,
    );
    this.addSql(
      `alter table "learning"."homework_submissions" add constraint "homework_submissions_assignment_id_foreign" foreign key ("assignment_id") references "learning"."homework_assignments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_submissions" add constraint "homework_submissions_version_check" check (version > 0)`,
    );
    this.addSql(
      `alter table "learning"."homework_submissions" add constraint "homework_submissions_text_check" check (char_length(text) <= 20000)`,
    );
    this.addSql(
      `alter table "learning"."homework_submissions" add constraint "homework_submissions_draft_check" check ((status = 'DRAFT') = (submitted_at is null))`,
    );
    this.addSql(
      `alter table "learning"."homework_submissions" add constraint "homework_submissions_status_check" check ("status" in ('DRAFT', 'SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW', 'REVIEWED', 'RETURNED'))`,
    );
    this.addSql(
      `alter table "learning"."homework_grades" add constraint "homework_grades_submission_id_foreign" foreign key ("submission_id") references "learning"."homework_submissions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_grades" add constraint "homework_grades_source_check" check ("source" in ('AI', 'CURATOR'))`,
    );
    this.addSql(
      `create or replace function "learning"."homework_grades_homework_grades_append_only_fn"() returns trigger as $$ begin if tg_op = 'DELETE' and not exists (select from learning.homework_submissions where id = old.submission_id) then return old; end if; if tg_op = 'UPDATE' and new.graded_by is null and to_jsonb(new) - 'graded_by' = to_jsonb(old) - 'graded_by' then return new; end if; raise exception 'Grades are append-only' using errcode = 'insufficient_privilege'; end; $$ language plpgsql`,
    );
    this.addSql(
      `create trigger "homework_grades_append_only" BEFORE UPDATE OR DELETE on "learning"."homework_grades" for each ROW execute function "learning"."homework_grades_homework_grades_append_only_fn"()`,
    );
    this.addSql(
      `alter table "learning"."homework_checks" add constraint "homework_checks_submission_id_foreign" foreign key ("submission_id") references "learning"."homework_submissions" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_checks" add constraint "homework_checks_confidence_check" check (confidence between 0 and 1)`,
    );
    this.addSql(
      `alter table "learning"."homework_annotations" add constraint "homework_annotations_submission_id_foreign" foreign key ("submission_id") references "learning"."homework_submissions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_annotations" add constraint "homework_annotations_span_check" check (starts_at >= 0 and ends_at > starts_at)`,
    );
    this.addSql(
      `alter table "learning"."homework_annotations" add constraint "homework_annotations_kind_check" check ("kind" in ('MISTAKE', 'SUGGESTION', 'QUESTION', 'PRAISE'))`,
    );
    this.addSql(
      `alter table "learning"."homework_files" add constraint "homework_files_assignment_id_foreign" foreign key ("assignment_id") references "learning"."homework_assignments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_reviews" add constraint "homework_reviews_submission_id_foreign" foreign key ("submission_id") references "learning"."homework_submissions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."homework_reviews" add constraint "homework_reviews_decision_check" check ("decision" in ('ACCEPT', 'RETURN'))`,
    );
  }
}

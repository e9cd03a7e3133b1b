import { Migration } from '@mikro-orm/migrations';

/** Tests and attempts. */
export class Migration20261121202240_tests_and_attempts extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."question_banks" ("id" uuid not null, "course_id" uuid not null, "title" text not null, "description" text null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create unique index question_banks_title_unique on learning.question_banks (course_id, lower(title))`);
    this.addSql(
      `create table "learning"."questions" ("id" uuid not null, "bank_id" uuid not null, "tags" text[] not null, "revision" int not null, "retired_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "questions_of_bank" on "learning"."questions" ("bank_id", "created_at", "id")`);
    this.addSql(
      `create table "learning"."question_revisions" ("id" uuid not null, "question_id" uuid not null, "number" int not null, "kind" text not null, "prompt" text not null, "points" int not null, "explanation" text null, "content" jsonb not null, "created_by" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "learning"."question_revisions" add constraint "question_revisions_number_unique" unique ("question_id", "number")`,
    );
    this.addSql(
      `create table "learning"."tests" ("id" uuid not null, "lesson_id" uuid not null, "passing_percent" int not null default 70, "time_limit_minutes" int null, "max_attempts" int null, "retake_pause_minutes" int not null default 0, "counting" text not null, "review" text not null, "shuffles_questions" boolean not null default true, "shuffles_options" boolean not null default true, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "learning"."tests" add constraint "tests_lesson_unique" unique ("lesson_id")`);
    this.addSql(
      `create table "learning"."attempts" ("id" uuid not null, "test_id" uuid not null, "enrollment_id" uuid not null, "number" int not null, "status" text not null, "seed" text not null, "started_at" timestamptz not null, "deadline_at" timestamptz null, "closed_at" timestamptz null, "earned" int null, "possible" int null, "percent" int null, "passed" boolean null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index attempts_one_running on learning.attempts (enrollment_id, test_id) where status = 'RUNNING'`,
    );
    this.addSql(`create index attempts_deadlines on learning.attempts (deadline_at) where status = 'RUNNING'`);
    this.addSql(`create index "attempts_of_test" on "learning"."attempts" ("test_id")`);
    this.addSql(`create index "attempts_newest" on "learning"."attempts" ("started_at", "id")`);
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_number_unique" unique ("enrollment_id", "test_id", "number")`,
    );
    this.addSql(
      `create table "learning"."attempt_questions" ("id" uuid not null, "attempt_id" uuid not null, "position" int not null, "revision_id" uuid not null, "answer" jsonb null, "sequence" bigint not null default '0', "answered_at" timestamptz null, "earned" int null, primary key ("id"))`,
    );
    this.addSql(`create index "attempt_questions_of_revision" on "learning"."attempt_questions" ("revision_id")`);
    this.addSql(
      `alter table "learning"."attempt_questions" add constraint "attempt_questions_position_unique" unique ("attempt_id", "position")`,
    );
    this.addSql(
      `alter table "learning"."attempt_questions" add constraint "attempt_questions_revision_unique" unique ("attempt_id", "revision_id")`,
    );
    this.addSql(
      `create table "learning"."test_items" ("id" uuid not null, "test_id" uuid not null, "position" int not null, "question_id" uuid null, "bank_id" uuid null, "tag" text null, "count" int null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index test_items_question_unique on learning.test_items (test_id, question_id) where question_id is not null`,
    );
    this.addSql(`create index "test_items_of_question" on "learning"."test_items" ("question_id")`);
    this.addSql(`create index "test_items_of_bank" on "learning"."test_items" ("bank_id")`);
    this.addSql(
      `alter table "learning"."test_items" add constraint "test_items_position_unique" unique ("test_id", "position")`,
    );
    this.addSql(
      `alter table "learning"."question_banks" add constraint "question_banks_course_id_foreign" foreign key ("course_id") references "learning"."courses" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."questions" add constraint "questions_bank_id_foreign" foreign key ("bank_id") references "learning"."question_banks" ("id") on delete cascade`,
    );
    this.addSql(`alter table "learning"."questions" add constraint "questions_revision_check" check (revision >= 1)`);
    this.addSql(
      `alter table "learning"."question_revisions" add constraint "question_revisions_question_id_foreign" foreign key ("question_id") references "learning"."questions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."question_revisions" add constraint "question_revisions_points_check" check (points between 1 and 100)`,
    );
    this.addSql(
      `alter table "learning"."question_revisions" add constraint "question_revisions_content_check" check (content ->> 'kind' = kind)`,
    );
    this.addSql(
      `alter table "learning"."question_revisions" add constraint "question_revisions_kind_check" check ("kind" in ('SINGLE', 'MULTIPLE', 'SHORT_TEXT', 'ORDER', 'MATCH', 'GAP'))`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_lesson_id_foreign" foreign key ("lesson_id") references "learning"."lessons" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_passing_check" check (passing_percent between 1 and 100)`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_limit_check" check (time_limit_minutes between 1 and 1440)`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_attempts_check" check (max_attempts between 1 and 100)`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_pause_check" check (retake_pause_minutes between 0 and 43200)`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_counting_check" check ("counting" in ('BEST', 'LAST'))`,
    );
    this.addSql(
      `alter table "learning"."tests" add constraint "tests_review_check" check ("review" in ('NEVER', 'AFTER_SUBMISSION', 'AFTER_PASSING'))`,
    );
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_test_id_foreign" foreign key ("test_id") references "learning"."tests" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_closed_check" check ((status = 'RUNNING') = (closed_at is null) and (closed_at is null) = (earned is null) and (closed_at is null) = (possible is null) and (closed_at is null) = (percent is null) and (closed_at is null) = (passed is null))`,
    );
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_percent_check" check (percent between 0 and 100)`,
    );
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_expired_check" check (status <> 'EXPIRED' or deadline_at is not null)`,
    );
    this.addSql(
      `alter table "learning"."attempts" add constraint "attempts_status_check" check ("status" in ('RUNNING', 'SUBMITTED', 'EXPIRED'))`,
    );
    this.addSql(
      `alter table "learning"."attempt_questions" add constraint "attempt_questions_attempt_id_foreign" foreign key ("attempt_id") references "learning"."attempts" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."attempt_questions" add constraint "attempt_questions_revision_id_foreign" foreign key ("revision_id") references "learning"."question_revisions" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."test_items" add constraint "test_items_test_id_foreign" foreign key ("test_id") references "learning"."tests" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."test_items" add constraint "test_items_question_id_foreign" foreign key ("question_id") references "learning"."questions" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."test_items" add constraint "test_items_bank_id_foreign" foreign key ("bank_id") references "learning"."question_banks" ("id") on delete restrict`,
    );
    this.addSql(
      `alter table "learning"."test_items" add constraint "test_items_either_check" check ((question_id is null) = (bank_id is not null) and (bank_id is null) = (count is null) and (bank_id is not null or tag is null))`,
    );
    this.addSql(
      `alter table "learning"."test_items" add constraint "test_items_count_check" check (count between 1 and 50)`,
    );
  }
}

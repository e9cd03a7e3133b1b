import { Migration } from '@mikro-orm/migrations';

/** The exchange with GetCourse: links, what was exchanged, and how people are called there. */
export class Migration20261121204749_getcourse extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."getcourse_exchanges" ("id" uuid not null, "status" text not null, "is_dry_run" boolean not null, "started_by" uuid null, "exports" jsonb not null, "change_count" int not null default 0, "failure" text null, "created_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "getcourse_exchanges_newest" on "learning"."getcourse_exchanges" ("created_at", "id")`);
    this.addSql(
      `create unique index getcourse_exchanges_one_at_once on learning.getcourse_exchanges ((true)) where status in ('QUEUED', 'RUNNING')`,
    );
    this.addSql(
      `create table "learning"."getcourse_changes" ("exchange_id" uuid not null, "position" int not null, "kind" text not null, "external_id" text not null, "course_id" uuid null, "lessons" int null, "reason" text null, primary key ("exchange_id", "position"))`,
    );
    this.addSql(
      `create table "learning"."getcourse_links" ("id" uuid not null, "group_id" text not null, "course_id" uuid not null, "cohort_id" uuid null, "progress_field" text null, "completed_group" text null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "getcourse_links_of_course" on "learning"."getcourse_links" ("course_id")`);
    this.addSql(
      `alter table "learning"."getcourse_links" add constraint "getcourse_links_once_unique" unique ("group_id", "course_id")`,
    );
    this.addSql(
      `create table "learning"."getcourse_people" ("student_id" uuid not null, "email" text not null, primary key ("student_id"))`,
    );
    this.addSql(
      `alter table "learning"."getcourse_exchanges" add constraint "getcourse_exchanges_finished_check" check ((status in ('SUCCEEDED', 'FAILED')) = (finished_at is not null))`,
    );
    this.addSql(
      `alter table "learning"."getcourse_exchanges" add constraint "getcourse_exchanges_failure_check" check ((status = 'FAILED') = (failure is not null))`,
    );
    this.addSql(
      `alter table "learning"."getcourse_exchanges" add constraint "getcourse_exchanges_status_check" check ("status" in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED'))`,
    );
    this.addSql(
      `alter table "learning"."getcourse_changes" add constraint "getcourse_changes_exchange_id_foreign" foreign key ("exchange_id") references "learning"."getcourse_exchanges" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."getcourse_changes" add constraint "getcourse_changes_kind_check" check ("kind" in ('ADD_STUDENT', 'MATCH_STUDENT', 'ENROLL', 'PROGRESS', 'LEAVE_OUT'))`,
    );
    this.addSql(
      `alter table "learning"."getcourse_changes" add constraint "getcourse_changes_reason_check" check ("reason" in ('NO_ADDRESS', 'ADDRESS_TAKEN', 'PROGRESS_UNREADABLE', 'PLACE_TAKEN'))`,
    );
    this.addSql(
      `alter table "learning"."getcourse_links" add constraint "getcourse_links_course_id_foreign" foreign key ("course_id") references "learning"."courses" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."getcourse_links" add constraint "getcourse_links_cohort_id_foreign" foreign key ("cohort_id") references "learning"."cohorts" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "learning"."getcourse_people" add constraint "getcourse_people_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on update cascade on delete cascade`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Scores of risk, day by day, the models behind them, thresholds, and what staff do for students. */
export class Migration20261121205859_risk extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."risk_models" ("id" uuid not null, "status" text not null, "model" jsonb not null, "figures" jsonb not null, "compared_with" jsonb not null, "trained_at" timestamptz not null, "trained_by" uuid null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index risk_models_one_running on learning.risk_models (status) where status = 'RUNNING'`,
    );
    this.addSql(`create index "risk_models_newest" on "learning"."risk_models" ("trained_at", "id")`);
    this.addSql(
      `create table "learning"."risk_thresholds" ("id" uuid not null, "watch_from" int not null, "at_risk_from" int not null, "quiet_days" int not null, "set_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "risk_thresholds_newest" on "learning"."risk_thresholds" ("set_at", "id")`);
    this.addSql(
      `create table "learning"."risk_scores" ("enrollment_id" uuid not null, "student_id" uuid not null, "score" int not null, "level" text not null, "reasons" jsonb not null, "model_id" uuid null, "scored_at" timestamptz not null, "alarmed_at" timestamptz null, primary key ("enrollment_id"))`,
    );
    this.addSql(`create index "risk_scores_highest" on "learning"."risk_scores" ("level", "score", "enrollment_id")`);
    this.addSql(`create index "risk_scores_of_student" on "learning"."risk_scores" ("student_id")`);
    this.addSql(
      `create table "learning"."risk_due" ("enrollment_id" uuid not null, "due_at" timestamptz not null, primary key ("enrollment_id"))`,
    );
    this.addSql(
      `create table "learning"."risk_days" ("enrollment_id" uuid not null, "day" date not null, "score" int not null, "level" text not null, primary key ("enrollment_id", "day"))`,
    );
    this.addSql(`create index "risk_days_of_day" on "learning"."risk_days" ("day", "score")`);
    this.addSql(
      `create table "learning"."risk_interventions" ("id" uuid not null, "enrollment_id" uuid not null, "student_id" uuid not null, "kind" text not null, "note" text not null, "done_by" uuid null, "done_at" timestamptz not null, "score_before" int null, primary key ("id"))`,
    );
    this.addSql(`create index "risk_interventions_newest" on "learning"."risk_interventions" ("done_at", "id")`);
    this.addSql(
      `create index "risk_interventions_of_student" on "learning"."risk_interventions" ("student_id", "done_at", "id")`,
    );
    this.addSql(
      `create index "risk_interventions_of_enrollment" on "learning"."risk_interventions" ("enrollment_id", "done_at")`,
    );
    this.addSql(
      `alter table "learning"."risk_models" add constraint "risk_models_status_check" check ("status" in ('RUNNING', 'REPLACED', 'REJECTED'))`,
    );
    this.addSql(
      `alter table "learning"."risk_thresholds" add constraint "risk_thresholds_order_check" check (watch_from between 1 and 99 and at_risk_from between 2 and 100 and watch_from < at_risk_from)`,
    );
    this.addSql(
      `alter table "learning"."risk_thresholds" add constraint "risk_thresholds_quiet_check" check (quiet_days between 0 and 90)`,
    );
    this.addSql(
      `alter table "learning"."risk_scores" add constraint "risk_scores_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."risk_scores" add constraint "risk_scores_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."risk_scores" add constraint "risk_scores_model_id_foreign" foreign key ("model_id") references "learning"."risk_models" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "learning"."risk_scores" add constraint "risk_scores_score_check" check (score between 0 and 100)`,
    );
    this.addSql(
      `alter table "learning"."risk_scores" add constraint "risk_scores_level_check" check ("level" in ('LOW', 'WATCH', 'AT_RISK'))`,
    );
    this.addSql(
      `alter table "learning"."risk_due" add constraint "risk_due_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."risk_days" add constraint "risk_days_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."risk_days" add constraint "risk_days_level_check" check ("level" in ('LOW', 'WATCH', 'AT_RISK'))`,
    );
    this.addSql(
      `alter table "learning"."risk_interventions" add constraint "risk_interventions_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."risk_interventions" add constraint "risk_interventions_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."risk_interventions" add constraint "risk_interventions_note_check" check (length(note) <= 2000)`,
    );
    this.addSql(
      `alter table "learning"."risk_interventions" add constraint "risk_interventions_score_check" check (score_before between 0 and 100)`,
    );
    this.addSql(
      `alter table "learning"."risk_interventions" add constraint "risk_interventions_kind_check" check ("kind" in ('MESSAGE', 'CALL', 'MEETING', 'EXTENSION', 'PLAN', 'OTHER'))`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Health of models. */
export class Migration20261122003442_health_of_models extends Migration {
  override up(): void {
    this.addSql(
      `create table "recommendations"."exposure_days" ("day" date not null, "city" text not null, "is_newcomer" boolean not null, "tutors" int not null, "exposure" double precision not null, "squares" double precision not null, "successes" int not null, primary key ("day", "city", "is_newcomer"))`,
    );
    this.addSql(
      `create table "recommendations"."model_references" ("model_id" uuid not null, "borders" jsonb not null, "features" jsonb not null, "score_borders" jsonb not null, "scores" jsonb not null, "data_from" timestamptz not null, "data_to" timestamptz not null, "is_training" boolean not null, "created_at" timestamptz not null, primary key ("model_id"))`,
    );
    this.addSql(
      `create table "recommendations"."model_days" ("model_id" uuid not null, "day" date not null, "lists" int not null, "degraded" int not null, "shown" int not null, "opened_lists" int not null, "success_lists" int not null, "booked_lists" int not null, "hits" int not null, "ndcg_sum" double precision not null, "ndcg_lists" int not null, "places" jsonb not null, "chances" jsonb not null, "features" jsonb not null, "scores" jsonb not null, "visible_tutors" int not null, "shown_tutors" int not null, "gini" double precision null, "computed_at" timestamptz not null, primary key ("model_id", "day"))`,
    );
    this.addSql(
      `create table "recommendations"."model_alerts" ("id" uuid not null, "model_id" uuid not null, "kind" text not null, "subject" text not null, "value" double precision not null, "bound" double precision not null, "raised_at" timestamptz not null, "closed_at" timestamptz null, "acknowledged_at" timestamptz null, "acknowledged_by" uuid null, primary key ("id"))`,
    );
    this.addSql(`create index "model_alerts_newest" on "recommendations"."model_alerts" ("raised_at", "id")`);
    this.addSql(`create index "model_alerts_acknowledged_by" on "recommendations"."model_alerts" ("acknowledged_by")`);
    this.addSql(
      `create unique index model_alerts_one_open on recommendations.model_alerts (model_id, kind) where closed_at is null`,
    );
    this.addSql(
      `alter table "recommendations"."model_references" add constraint "model_references_model_id_foreign" foreign key ("model_id") references "recommendations"."ranking_models" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."model_days" add constraint "model_days_model_id_foreign" foreign key ("model_id") references "recommendations"."ranking_models" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."model_alerts" add constraint "model_alerts_model_id_foreign" foreign key ("model_id") references "recommendations"."ranking_models" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."model_alerts" add constraint "model_alerts_kind_check" check ("kind" in ('DRIFT', 'CALIBRATION', 'CLICK_THROUGH', 'CONVERSION', 'COVERAGE', 'FAIRNESS'))`,
    );
  }
}

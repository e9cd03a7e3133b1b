import { Migration } from '@mikro-orm/migrations';

/** Figures of days, and what the school costs. */
export class Migration20261121205607_daily_metrics extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."daily_metrics" ("day" date not null, "students" int not null, "new_students" int not null, "active_students" int not null, "learning" int not null, "at_risk" int null, "started" int not null, "completed" int not null, "dropped" int not null, "lessons_completed" int not null, "homework_submitted" int not null, "homework_reviewed" int not null, "ai_answers" int not null, "resolved_answers" int not null, "answer_ms" int null, "hand_overs" int not null, "taken_minutes" int null, "support_minutes" int not null, "retention_percent" int null, "computed_at" timestamptz not null, primary key ("day"))`,
    );
    this.addSql(
      `create table "learning"."school_costs" ("id" boolean not null, "currency" text not null, "support_hour_minor" bigint not null, "acquisition_minor" bigint not null, "monthly_minor" bigint not null, "updated_by" uuid null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "learning"."daily_metrics" add constraint "daily_metrics_shares_check" check ((retention_percent is null or retention_percent between 0 and 100) and resolved_answers <= ai_answers)`,
    );
    this.addSql(
      `alter table "learning"."school_costs" add constraint "school_costs_amounts_check" check (support_hour_minor >= 0 and acquisition_minor >= 0 and monthly_minor >= 0)`,
    );
    this.addSql(
      `alter table "learning"."school_costs" add constraint "school_costs_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(`alter table "learning"."school_costs" add constraint "school_costs_only_check" check (id)`);
  }
}

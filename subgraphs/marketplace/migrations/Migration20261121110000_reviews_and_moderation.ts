import { Migration } from '@mikro-orm/migrations';

/** Reviews in four dimensions with answers, what they add up to, and moderation of what people write. */
export class Migration20261121110000_reviews_and_moderation extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."moderation_decisions" ("id" uuid not null, "case_id" uuid null, "kind" text not null, "target_id" uuid not null, "target_version" int not null, "judge" text not null, "model" text null, "degraded" boolean not null default false, "outcome" text not null, "findings" jsonb not null, "decided_by" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "moderation_decisions_of_case" on "marketplace"."moderation_decisions" ("case_id", "created_at", "id")`,
    );
    this.addSql(
      `create index "moderation_decisions_of_target" on "marketplace"."moderation_decisions" ("target_id", "created_at", "id")`,
    );
    this.addSql(
      `create unique index moderation_decisions_model_once on marketplace.moderation_decisions (target_id, target_version) where judge = 'MODEL'`,
    );
    this.addSql(
      `create table "marketplace"."profile_texts" ("tutor_id" uuid not null, "version" int not null, "state" text not null, "accepted" jsonb not null, "held" jsonb not null, "updated_at" timestamptz not null, primary key ("tutor_id"))`,
    );
    this.addSql(
      `create table "marketplace"."moderation_cases" ("id" uuid not null, "kind" text not null, "target_id" uuid not null, "target_version" int not null, "author_id" uuid not null, "tutor_id" uuid not null, "texts" jsonb not null, "held" boolean not null, "raised_by" text not null, "status" text not null, "outcome" text null, "reason" text null, "decided_by" uuid null, "decided_at" timestamptz null, "appeal_statement" text null, "appealed_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "moderation_cases_of_author" on "marketplace"."moderation_cases" ("author_id", "created_at", "id")`,
    );
    this.addSql(
      `create index "moderation_cases_of_target" on "marketplace"."moderation_cases" ("target_id", "created_at", "id")`,
    );
    this.addSql(`create index "moderation_cases_of_tutor" on "marketplace"."moderation_cases" ("tutor_id")`);
    this.addSql(
      `create index "moderation_cases_queue" on "marketplace"."moderation_cases" ("created_at", "id") where status in ('WAITING', 'APPEALED')`,
    );
    this.addSql(
      `create unique index moderation_cases_one_waits on marketplace.moderation_cases (target_id) where status in ('WAITING', 'APPEALED')`,
    );
    this.addSql(
      `create table "marketplace"."review_answers" ("id" uuid not null, "review_id" uuid not null, "tutor_id" uuid not null, "text" text not null, "state" text not null, "version" int not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "review_answers_of_tutor" on "marketplace"."review_answers" ("tutor_id", "created_at", "id")`,
    );
    this.addSql(`alter table "marketplace"."review_answers" add constraint "review_answers_once" unique ("review_id")`);
    this.addSql(
      `create table "marketplace"."tutor_ratings" ("tutor_id" uuid not null, "stars1" int not null default 0, "stars2" int not null default 0, "stars3" int not null default 0, "stars4" int not null default 0, "stars5" int not null default 0, "clarity_sum" int not null default 0, "clarity_count" int not null default 0, "preparation_sum" int not null default 0, "preparation_count" int not null default 0, "progress_sum" int not null default 0, "progress_count" int not null default 0, "reassurance_sum" int not null default 0, "reassurance_count" int not null default 0, primary key ("tutor_id"))`,
    );
    this.addSql(
      `alter table "marketplace"."reviews" add "clarity" int null, add "preparation" int null, add "progress" int null, add "reassurance" int null, add "state" text not null default 'PUBLISHED', add "version" int not null default 1, add "network_hash" text null, add "sketch" int[] null, add "signals" jsonb null, add "suspicion" double precision null`,
    );
    this.addSql(`create index "reviews_of_student" on "marketplace"."reviews" ("student_id", "created_at", "id")`);
    this.addSql(
      `create index "reviews_from_network" on "marketplace"."reviews" ("tutor_id", "network_hash") where network_hash is not null`,
    );
    this.addSql(
      `create index "reviews_with_network" on "marketplace"."reviews" ("created_at") where network_hash is not null`,
    );
    this.addSql(`create index reviews_alike on marketplace.reviews using gin (sketch)`);
    this.addSql(
      `alter table "marketplace"."reviews" add constraint "reviews_clarity_check" check (clarity between 1 and 5)`,
    );
    this.addSql(
      `alter table "marketplace"."reviews" add constraint "reviews_preparation_check" check (preparation between 1 and 5)`,
    );
    this.addSql(
      `alter table "marketplace"."reviews" add constraint "reviews_progress_check" check (progress between 1 and 5)`,
    );
    this.addSql(
      `alter table "marketplace"."reviews" add constraint "reviews_reassurance_check" check (reassurance between 1 and 5)`,
    );
    this.addSql(
      `alter table "marketplace"."reviews" add constraint "reviews_state_check" check ("state" in ('PUBLISHED', 'IN_REVIEW', 'REJECTED'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_decisions" add constraint "moderation_decisions_kind_check" check ("kind" in ('REVIEW', 'ANSWER', 'PROFILE'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_decisions" add constraint "moderation_decisions_judge_check" check ("judge" in ('LOCAL', 'MODEL', 'SIGNALS', 'STAFF'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_decisions" add constraint "moderation_decisions_outcome_check" check ("outcome" in ('PUBLISHED', 'IN_REVIEW', 'REJECTED'))`,
    );
    this.addSql(
      `create or replace function "marketplace"."moderation_decisions_moderation_decisions_append_only_fn"() returns trigger as $$ begin raise exception 'Moderation decisions are append-only' using errcode = 'insufficient_privilege'; end; $$ language plpgsql`,
    );
    this.addSql(
      `create trigger "moderation_decisions_append_only" BEFORE UPDATE OR DELETE on "marketplace"."moderation_decisions" for each ROW execute function "marketplace"."moderation_decisions_moderation_decisions_append_only_fn"()`,
    );
    this.addSql(
      `alter table "marketplace"."profile_texts" add constraint "profile_texts_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."profile_texts" add constraint "profile_texts_state_check" check ("state" in ('PUBLISHED', 'IN_REVIEW', 'REJECTED'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_reason_check" check (length(reason) <= 1000)`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_statement_check" check (length(appeal_statement) <= 2000)`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_decided_check" check (status <> 'DECIDED' or (outcome is not null and decided_at is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_appealed_check" check (status <> 'APPEALED' or appealed_at is not null)`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_kind_check" check ("kind" in ('REVIEW', 'ANSWER', 'PROFILE'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_raised_by_check" check ("raised_by" in ('LOCAL', 'MODEL', 'SIGNALS', 'STAFF'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_status_check" check ("status" in ('WAITING', 'DECIDED', 'APPEALED', 'SUPERSEDED', 'WITHDRAWN'))`,
    );
    this.addSql(
      `alter table "marketplace"."moderation_cases" add constraint "moderation_cases_outcome_check" check ("outcome" in ('PUBLISHED', 'REJECTED'))`,
    );
    this.addSql(
      `alter table "marketplace"."review_answers" add constraint "review_answers_review_id_foreign" foreign key ("review_id") references "marketplace"."reviews" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."review_answers" add constraint "review_answers_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."review_answers" add constraint "review_answers_text_check" check (length(text) >= 1 and length(text) <= 2000)`,
    );
    this.addSql(
      `alter table "marketplace"."review_answers" add constraint "review_answers_state_check" check ("state" in ('PUBLISHED', 'IN_REVIEW', 'REJECTED'))`,
    );
    this.addSql(
      `alter table "marketplace"."tutor_ratings" add constraint "tutor_ratings_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."tutor_ratings" add constraint "tutor_ratings_stars_check" check (least(stars1, stars2, stars3, stars4, stars5) >= 0)`,
    );
    this.addSql(
      `alter table "marketplace"."tutor_ratings" add constraint "tutor_ratings_clarity_check" check (clarity_count between 0 and stars1 + stars2 + stars3 + stars4 + stars5 and clarity_sum between clarity_count and 5 * clarity_count)`,
    );
    this.addSql(
      `alter table "marketplace"."tutor_ratings" add constraint "tutor_ratings_preparation_check" check (preparation_count between 0 and stars1 + stars2 + stars3 + stars4 + stars5 and preparation_sum between preparation_count and 5 * preparation_count)`,
    );
    this.addSql(
      `alter table "marketplace"."tutor_ratings" add constraint "tutor_ratings_progress_check" check (progress_count between 0 and stars1 + stars2 + stars3 + stars4 + stars5 and progress_sum between progress_count and 5 * progress_count)`,
    );
    this.addSql(
      `alter table "marketplace"."tutor_ratings" add constraint "tutor_ratings_reassurance_check" check (reassurance_count between 0 and stars1 + stars2 + stars3 + stars4 + stars5 and reassurance_sum between reassurance_count and 5 * reassurance_count)`,
    );
    // What there is so far was published; nobody had said anything of the dimensions.
    this.addSql(
      `insert into "marketplace"."tutor_ratings" ("tutor_id", "stars1", "stars2", "stars3", "stars4", "stars5") select tutor_id, count(*) filter (where rating = 1), count(*) filter (where rating = 2), count(*) filter (where rating = 3), count(*) filter (where rating = 4), count(*) filter (where rating = 5) from "marketplace"."reviews" group by tutor_id`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** What texts say. */
export class Migration20261122000730_what_texts_say extends Migration {
  override up(): void {
    this.addSql(
      `create table "recommendations"."due_readings" ("tutor_id" uuid not null, "mark" int not null default 1, "due_at" timestamptz not null, primary key ("tutor_id"))`,
    );
    this.addSql(`create index "due_readings_oldest" on "recommendations"."due_readings" ("due_at", "tutor_id")`);
    this.addSql(
      `create table "recommendations"."review_readings" ("review_id" uuid not null, "text_hash" text not null, "mentions" jsonb not null, "model" text not null, "read_at" timestamptz not null, primary key ("review_id"))`,
    );
    this.addSql(`create or replace function "recommendations"."reviews_reviews_read_when_written_fn"() returns trigger as $$ begin insert into recommendations.due_readings (tutor_id, due_at) values (new.tutor_id, now())
  on conflict (tutor_id) do update set mark = due_readings.mark + 1; return null; end; $$ language plpgsql`);
    this.addSql(
      `create trigger "reviews_read_when_written" AFTER INSERT OR UPDATE on "recommendations"."reviews" for each ROW execute function "recommendations"."reviews_reviews_read_when_written_fn"()`,
    );
    this.addSql(`create or replace function "recommendations"."reviews_reviews_read_when_gone_fn"() returns trigger as $$ begin insert into recommendations.due_readings (tutor_id, due_at) values (old.tutor_id, now())
  on conflict (tutor_id) do update set mark = due_readings.mark + 1; return null; end; $$ language plpgsql`);
    this.addSql(
      `create trigger "reviews_read_when_gone" AFTER DELETE on "recommendations"."reviews" for each ROW execute function "recommendations"."reviews_reviews_read_when_gone_fn"()`,
    );
    this.addSql(`create or replace function "recommendations"."tutors_tutors_read_when_new_fn"() returns trigger as $$ begin insert into recommendations.due_readings (tutor_id, due_at) values (new.id, now())
  on conflict (tutor_id) do update set mark = due_readings.mark + 1; return null; end; $$ language plpgsql`);
    this.addSql(
      `create trigger "tutors_read_when_new" AFTER INSERT on "recommendations"."tutors" for each ROW execute function "recommendations"."tutors_tutors_read_when_new_fn"()`,
    );
    this.addSql(`create or replace function "recommendations"."tutors_tutors_read_when_changed_fn"() returns trigger as $$ begin insert into recommendations.due_readings (tutor_id, due_at) values (new.id, now())
  on conflict (tutor_id) do update set mark = due_readings.mark + 1; return null; end; $$ language plpgsql`);
    this.addSql(`create trigger "tutors_read_when_changed" AFTER UPDATE on "recommendations"."tutors" for each ROW
  when (old.headline is distinct from new.headline or old.biography is distinct from new.biography) execute function "recommendations"."tutors_tutors_read_when_changed_fn"()`);
    this.addSql(
      `alter table "recommendations"."review_readings" add constraint "review_readings_review_id_foreign" foreign key ("review_id") references "recommendations"."reviews" ("id") on update cascade on delete cascade`,
    );
  }
}

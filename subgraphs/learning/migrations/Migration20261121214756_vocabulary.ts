import { Migration } from '@mikro-orm/migrations';

/** Vocabulary. */
export class Migration20261121214756_vocabulary extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."vocabulary_cards" ("id" uuid not null, "student_id" uuid not null, "front" text not null, "back" text not null, "context" text null, "kind" text null, "source" text not null, "lesson_id" uuid null, "dedupe_key" text not null, "state" text not null, "due_at" timestamptz not null, "stability" double precision not null, "difficulty" double precision not null, "scheduled_days" int not null, "learning_step" int not null, "review_count" int not null, "lapses" int not null, "last_reviewed_at" timestamptz null, "introduced_at" timestamptz null, "suspended_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "vocabulary_cards_newest" on "learning"."vocabulary_cards" ("student_id", "created_at", "id")`,
    );
    this.addSql(
      `create index vocabulary_cards_due on learning.vocabulary_cards (student_id, due_at, id) where suspended_at is null`,
    );
    this.addSql(`create index "vocabulary_cards_of_lesson" on "learning"."vocabulary_cards" ("lesson_id")`);
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_key_unique" unique ("student_id", "dedupe_key")`,
    );
    this.addSql(
      `create table "learning"."vocabulary_reviews" ("id" uuid not null, "card_id" uuid not null, "number" int not null, "rating" text not null, "state_before" text not null, "stability_before" double precision not null, "difficulty_before" double precision not null, "due_before" timestamptz not null, "elapsed_days" int not null, "reviewed_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_reviews" add constraint "vocabulary_reviews_number_unique" unique ("card_id", "number")`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_lesson_id_foreign" foreign key ("lesson_id") references "learning"."lessons" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_front_check" check (length(front) between 1 and 500)`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_back_check" check (length(back) between 1 and 1000)`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_context_check" check (length(context) between 1 and 500)`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_lesson_check" check (lesson_id is null or source = 'LESSON')`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_memory_check" check ((state = 'NEW') = (review_count = 0) and (state = 'NEW') = (last_reviewed_at is null) and (state = 'NEW') = (introduced_at is null))`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_kind_check" check ("kind" in ('SPELLING', 'ARTICLE', 'AGREEMENT', 'NOUN_NUMBER', 'TENSE', 'VERB_FORM', 'PREPOSITION', 'PRONOUN', 'WORD_FORM', 'WORD_CHOICE', 'WORD_ORDER', 'MISSING_WORD', 'EXTRA_WORD', 'PUNCTUATION', 'SPACING', 'CAPITALISATION', 'REPETITION', 'OTHER'))`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_source_check" check ("source" in ('MISTAKE', 'OWN', 'LESSON'))`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_cards" add constraint "vocabulary_cards_state_check" check ("state" in ('NEW', 'LEARNING', 'REVIEW', 'RELEARNING'))`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_reviews" add constraint "vocabulary_reviews_card_id_foreign" foreign key ("card_id") references "learning"."vocabulary_cards" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_reviews" add constraint "vocabulary_reviews_rating_check" check ("rating" in ('AGAIN', 'HARD', 'GOOD', 'EASY'))`,
    );
    this.addSql(
      `alter table "learning"."vocabulary_reviews" add constraint "vocabulary_reviews_state_before_check" check ("state_before" in ('NEW', 'LEARNING', 'REVIEW', 'RELEARNING'))`,
    );
    this.addSql(
      `create or replace function "learning"."vocabulary_reviews_vocabulary_reviews_append_only_fn"() returns trigger as $$ begin if tg_op = 'DELETE' and not exists (select from learning.vocabulary_cards where id = old.card_id) then return old; end if; raise exception 'Reviews are append-only' using errcode = 'insufficient_privilege'; end; $$ language plpgsql`,
    );
    this.addSql(
      `create trigger "vocabulary_reviews_append_only" BEFORE UPDATE OR DELETE on "learning"."vocabulary_reviews" for each ROW execute function "learning"."vocabulary_reviews_vocabulary_reviews_append_only_fn"()`,
    );
  }
}

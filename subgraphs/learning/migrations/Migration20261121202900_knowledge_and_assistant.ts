import { Migration } from '@mikro-orm/migrations';

/** Knowledge and assistant. */
export class Migration20261121202900_knowledge_and_assistant extends Migration {
  override up(): void {
    this.addSql('create extension if not exists vector with schema public');
    this.addSql(
      `create table "learning"."assistant_sessions" ("id" uuid not null, "user_id" uuid not null, "title" text not null, "language" text not null, "last_sequence" int not null default 0, "last_message_at" timestamptz not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "assistant_sessions_of_user" on "learning"."assistant_sessions" ("user_id", "last_message_at", "id")`,
    );
    this.addSql(
      `create table "learning"."assistant_messages" ("id" uuid not null, "session_id" uuid not null, "sequence" int not null, "role" text not null, "author_id" uuid null, "text" text not null, "status" text not null, "revision" int not null default 0, "outcome" text null, "citations" jsonb not null, "degraded" boolean not null default false, "model" text null, "response_ms" int null, "rating" text null, "resolved" boolean null, "start_cursor" text null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "assistant_messages_of_period" on "learning"."assistant_messages" ("created_at") where role = 'ASSISTANT'`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_sequence_unique" unique ("session_id", "sequence")`,
    );
    this.addSql(
      `create table "learning"."knowledge_models" ("model" text not null, "ready_at" timestamptz not null, primary key ("model"))`,
    );
    this.addSql(
      `create table "learning"."knowledge_entries" ("id" uuid not null, "slug" text null, "kind" text not null, "language" text not null, "title" text not null, "body" text not null, "source" text null, "lesson_id" uuid null, "shipped" text null, "updated_by" uuid null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "removed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create index "knowledge_entries_newest" on "learning"."knowledge_entries" ("updated_at", "id") where removed_at is null`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_slug_unique" unique ("slug", "language")`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_lesson_unique" unique ("lesson_id")`,
    );
    this.addSql(
      `create table "learning"."knowledge_chunks" ("id" uuid not null, "entry_id" uuid not null, "position" int not null, "heading" text not null, "text" text not null, "starts_at" int not null, "ends_at" int not null, "document" tsvector generated always as (setweight(to_tsvector('russian'::regconfig, heading), 'A') || setweight(to_tsvector('russian'::regconfig, text), 'B')) stored null, primary key ("id"))`,
    );
    this.addSql(`create index knowledge_chunks_search on learning.knowledge_chunks using gin (document)`);
    this.addSql(
      `alter table "learning"."knowledge_chunks" add constraint "knowledge_chunks_position_unique" unique ("entry_id", "position")`,
    );
    this.addSql(
      `create table "learning"."knowledge_embeddings" ("chunk_id" uuid not null, "model" text not null, "embedding" vector(1536) not null, primary key ("chunk_id", "model"))`,
    );
    this.addSql(
      `create index knowledge_embeddings_near on learning.knowledge_embeddings using hnsw (embedding public.vector_cosine_ops)`,
    );
    this.addSql(
      `create table "learning"."assistant_hand_overs" ("id" uuid not null, "session_id" uuid not null, "student_id" uuid null, "cohort_id" uuid null, "status" text not null, "note" text null, "taken_by" uuid null, "taken_at" timestamptz null, "closed_by" uuid null, "closed_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index assistant_hand_overs_one_open on learning.assistant_hand_overs (session_id) where status <> 'CLOSED'`,
    );
    this.addSql(
      `create index "assistant_hand_overs_queue" on "learning"."assistant_hand_overs" ("status", "created_at", "id")`,
    );
    this.addSql(`create index "assistant_hand_overs_of_student" on "learning"."assistant_hand_overs" ("student_id")`);
    this.addSql(
      `alter table "learning"."assistant_sessions" add constraint "assistant_sessions_count_check" check (last_sequence >= 0)`,
    );
    this.addSql(
      `alter table "learning"."assistant_sessions" add constraint "assistant_sessions_language_check" check ("language" in ('en', 'ru'))`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_session_id_foreign" foreign key ("session_id") references "learning"."assistant_sessions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_text_check" check (char_length(text) <= 10000)`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_answer_check" check (role = 'ASSISTANT' or (status = 'DONE' and outcome is null and rating is null and resolved is null))`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_done_check" check (role <> 'ASSISTANT' or (status = 'DONE') = (outcome is not null and response_ms is not null))`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_role_check" check ("role" in ('STUDENT', 'ASSISTANT', 'CURATOR'))`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_status_check" check ("status" in ('WRITING', 'DONE'))`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_outcome_check" check ("outcome" in ('ANSWERED', 'NOTHING_FOUND', 'DECLINED'))`,
    );
    this.addSql(
      `alter table "learning"."assistant_messages" add constraint "assistant_messages_rating_check" check ("rating" in ('HELPFUL', 'NOT_HELPFUL'))`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_lesson_id_foreign" foreign key ("lesson_id") references "learning"."lessons" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_lesson_check" check ((kind = 'LESSON') = (lesson_id is not null))`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_body_check" check (char_length(body) <= 200000)`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_kind_check" check ("kind" in ('LESSON', 'FAQ', 'GRAMMAR_RULE'))`,
    );
    this.addSql(
      `alter table "learning"."knowledge_entries" add constraint "knowledge_entries_language_check" check ("language" in ('en', 'ru'))`,
    );
    this.addSql(
      `alter table "learning"."knowledge_chunks" add constraint "knowledge_chunks_entry_id_foreign" foreign key ("entry_id") references "learning"."knowledge_entries" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."knowledge_embeddings" add constraint "knowledge_embeddings_chunk_id_foreign" foreign key ("chunk_id") references "learning"."knowledge_chunks" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_session_id_foreign" foreign key ("session_id") references "learning"."assistant_sessions" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_cohort_id_foreign" foreign key ("cohort_id") references "learning"."cohorts" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_taken_check" check ((taken_at is null) = (taken_by is null))`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_open_check" check (status <> 'OPEN' or taken_at is null)`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_closed_check" check ((status = 'CLOSED') = (closed_at is not null))`,
    );
    this.addSql(
      `alter table "learning"."assistant_hand_overs" add constraint "assistant_hand_overs_status_check" check ("status" in ('OPEN', 'TAKEN', 'CLOSED'))`,
    );
  }
}

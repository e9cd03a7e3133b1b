import { Migration } from '@mikro-orm/migrations';

/** Embeddings. */
export class Migration20261121235800_embeddings extends Migration {
  override up(): void {
    // Learning may make it at the same moment.
    this.addSql(
      `do $$ begin create extension if not exists vector with schema public; exception when unique_violation or duplicate_object then null; end $$`,
    );
    this.addSql(
      `create table "recommendations"."due_embeddings" ("kind" text not null, "id" uuid not null, "mark" int not null default 1, "due_at" timestamptz not null, primary key ("kind", "id"))`,
    );
    this.addSql(`create index "due_embeddings_oldest" on "recommendations"."due_embeddings" ("due_at", "kind", "id")`);
    this.addSql(
      `create table "recommendations"."embedding_models" ("id" text not null, "source" text not null, "dimensions" int not null, "state" text not null, "fitted_on" int null, "content" bytea null, "created_at" timestamptz not null, "active_at" timestamptz null, "retired_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create unique index embedding_models_one_each on recommendations.embedding_models (state) where state <> 'RETIRED'`,
    );
    this.addSql(
      `create table "recommendations"."cached_embeddings" ("model" text not null, "text_hash" text not null, "vector" halfvec not null, "used_at" timestamptz not null, primary key ("model", "text_hash"))`,
    );
    this.addSql(`create index "cached_embeddings_oldest" on "recommendations"."cached_embeddings" ("used_at")`);
    this.addSql(
      `create table "recommendations"."order_vectors" ("model" text not null, "order_id" uuid not null, "vector" halfvec null, "text_hash" text not null, primary key ("model", "order_id"))`,
    );
    // A vector of 1,536 dimensions fits into the row, where comparing many of them finds it sooner.
    this.addSql(`alter table recommendations.order_vectors alter column vector set storage main`);
    this.addSql(`create index "order_vectors_of_order" on "recommendations"."order_vectors" ("order_id")`);
    this.addSql(
      `create table "recommendations"."tutor_vectors" ("model" text not null, "tutor_id" uuid not null, "vector" halfvec null, "text_hash" text not null, primary key ("model", "tutor_id"))`,
    );
    this.addSql(`alter table recommendations.tutor_vectors alter column vector set storage main`);
    this.addSql(`create index "tutor_vectors_of_tutor" on "recommendations"."tutor_vectors" ("tutor_id")`);
    this.addSql(
      `alter table "recommendations"."due_embeddings" add constraint "due_embeddings_kind_check" check ("kind" in ('TUTOR', 'ORDER'))`,
    );
    this.addSql(
      `alter table "recommendations"."embedding_models" add constraint "embedding_models_dimensions_check" check (dimensions between 1 and 4000)`,
    );
    this.addSql(
      `alter table "recommendations"."embedding_models" add constraint "embedding_models_id_check" check (id ~ '^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}$')`,
    );
    this.addSql(
      `alter table "recommendations"."embedding_models" add constraint "embedding_models_source_check" check ("source" in ('LOCAL', 'PROVIDER'))`,
    );
    this.addSql(
      `alter table "recommendations"."embedding_models" add constraint "embedding_models_state_check" check ("state" in ('BUILDING', 'ACTIVE', 'RETIRED'))`,
    );
    this.addSql(
      `alter table "recommendations"."cached_embeddings" add constraint "cached_embeddings_model_foreign" foreign key ("model") references "recommendations"."embedding_models" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."order_vectors" add constraint "order_vectors_model_foreign" foreign key ("model") references "recommendations"."embedding_models" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."order_vectors" add constraint "order_vectors_order_id_foreign" foreign key ("order_id") references "recommendations"."orders" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."tutor_vectors" add constraint "tutor_vectors_model_foreign" foreign key ("model") references "recommendations"."embedding_models" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "recommendations"."tutor_vectors" add constraint "tutor_vectors_tutor_id_foreign" foreign key ("tutor_id") references "recommendations"."tutors" ("id") on update cascade on delete cascade`,
    );
  }
}

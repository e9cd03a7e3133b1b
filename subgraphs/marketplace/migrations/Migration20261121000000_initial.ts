import { Migration } from '@mikro-orm/migrations';

/** The marketplace room's first tables. */
export class Migration20261121000000_initial extends Migration {
  override up(): void {
    // Its cost tells the planner what stemming a whole text takes: with that of to_tsvector it would rather read every row.
    this.addSql(
      `create function "marketplace"."search_document"(document text) returns tsvector language plpgsql immutable strict parallel safe cost 5000 as $$ begin return pg_catalog.to_tsvector('pg_catalog.russian', document); end $$`,
    );
    this.addSql(
      'create table "marketplace"."dead_letters" ("consumer" text not null, "stream" text not null, "position" bigint not null, "event" jsonb not null, "error_code" text not null, "failures" int not null, "failed_at" timestamptz not null, primary key ("consumer", "stream", "position"))',
    );
    this.addSql(
      'create table "marketplace"."inbox" ("consumer" text not null, "stream" text not null, "position" bigint not null, "failures" int not null default 0, primary key ("consumer", "stream"))',
    );
    this.addSql(
      'create table "marketplace"."outbox" ("sequence" bigserial primary key, "event" jsonb not null, "position" bigint null, "positioned_at" timestamptz null)',
    );
    this.addSql('create index "outbox_unnumbered" on "marketplace"."outbox" ("sequence") where position is null');
    this.addSql('alter table "marketplace"."outbox" add constraint "outbox_position_unique" unique ("position")');
    this.addSql(
      `create table "marketplace"."outbox_relay" ("id" smallint not null, "last_position" bigint not null default '0', primary key ("id"))`,
    );
    this.addSql('alter table "marketplace"."outbox_relay" add constraint "outbox_relay_single" check (id = 1)');
    this.addSql(
      'create table "marketplace"."subjects" ("id" uuid not null, "slug" text not null, "name_en" text not null, "name_ru" text not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "archived_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "subjects_by_english_name" on "marketplace"."subjects" ("name_en", "id")');
    this.addSql('create index "subjects_by_russian_name" on "marketplace"."subjects" ("name_ru", "id")');
    this.addSql(
      `create index subjects_search on marketplace.subjects using gin (marketplace.search_document(name_en || ' ' || name_ru))`,
    );
    this.addSql('alter table "marketplace"."subjects" add constraint "subjects_slug_unique" unique ("slug")');
    this.addSql(
      `alter table "marketplace"."subjects" add constraint "subjects_slug_check" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60)`,
    );
    this.addSql(
      'alter table "marketplace"."subjects" add constraint "subjects_name_en_check" check (length(name_en) >= 1 and length(name_en) <= 100)',
    );
    this.addSql(
      'alter table "marketplace"."subjects" add constraint "subjects_name_ru_check" check (length(name_ru) >= 1 and length(name_ru) <= 100)',
    );
    this.addSql(
      'create table "marketplace"."orders" ("id" uuid not null, "student_id" uuid not null, "subject_id" uuid not null, "level" text not null, "title" text not null, "description" text null, "goal" text null, "format" text not null, "city" text null, "budget_minor" bigint null, "budget_currency" text null, "preferred_times" text null, "status" text not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "closed_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "orders_newest" on "marketplace"."orders" ("status", "created_at", "id")');
    this.addSql(
      'create index "orders_of_subject" on "marketplace"."orders" ("subject_id", "status", "created_at", "id")',
    );
    this.addSql('create index "orders_of_student" on "marketplace"."orders" ("student_id", "created_at", "id")');
    this.addSql('create index orders_of_city on marketplace.orders (lower(city), status)');
    this.addSql(
      `create index orders_search on marketplace.orders using gin (marketplace.search_document(title || ' ' || coalesce(description, '') || ' ' || coalesce(goal, '')))`,
    );
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_title_check" check (length(title) >= 3 and length(title) <= 150)',
    );
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_description_check" check (length(description) <= 5000)',
    );
    this.addSql('alter table "marketplace"."orders" add constraint "orders_goal_check" check (length(goal) <= 2000)');
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_preferred_times_check" check (length(preferred_times) <= 500)',
    );
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_city_check" check (length(city) >= 1 and length(city) <= 100)',
    );
    this.addSql(
      `alter table "marketplace"."orders" add constraint "orders_in_person_city_check" check (city is not null or format = 'ONLINE')`,
    );
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_budget_check" check (budget_minor >= 1 and budget_minor <= 1000000000)',
    );
    this.addSql(
      `alter table "marketplace"."orders" add constraint "orders_budget_currency_check" check (budget_currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_budget_whole_check" check ((budget_minor is null) = (budget_currency is null))',
    );
    this.addSql(
      `alter table "marketplace"."orders" add constraint "orders_closed_check" check ((status = 'OPEN') = (closed_at is null))`,
    );
    this.addSql(
      `alter table "marketplace"."orders" add constraint "orders_level_check" check ("level" in ('PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'))`,
    );
    this.addSql(
      `alter table "marketplace"."orders" add constraint "orders_format_check" check ("format" in ('ONLINE', 'IN_PERSON'))`,
    );
    this.addSql(
      `alter table "marketplace"."orders" add constraint "orders_status_check" check ("status" in ('OPEN', 'MATCHED', 'CLOSED'))`,
    );
    this.addSql(
      'create table "marketplace"."tutors" ("id" uuid not null, "user_id" uuid not null, "display_name" text not null, "headline" text not null, "biography" text null, "education" text null, "city" text null, "currency" text not null, "languages" text[] not null, "formats" text[] not null, "experience_years" int not null, "rating_sum" int not null default 0, "review_count" int not null default 0, "hidden_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "tutors_newest" on "marketplace"."tutors" ("created_at", "id") where hidden_at is null');
    this.addSql(
      'create index "tutors_most_experienced" on "marketplace"."tutors" ("experience_years", "id") where hidden_at is null',
    );
    this.addSql(
      'create index tutors_best_rated on marketplace.tutors ((coalesce(rating_sum::numeric / nullif(review_count, 0), 0)), id) where hidden_at is null',
    );
    this.addSql('create index tutors_of_city on marketplace.tutors (lower(city)) where hidden_at is null');
    this.addSql(
      `create index tutors_search on marketplace.tutors using gin (marketplace.search_document(display_name || ' ' || headline || ' ' || coalesce(biography, '') || ' ' || coalesce(education, '') || ' ' || coalesce(city, '')))`,
    );
    this.addSql('alter table "marketplace"."tutors" add constraint "tutors_user_unique" unique ("user_id")');
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_display_name_check" check (length(display_name) >= 1 and length(display_name) <= 250)',
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_headline_check" check (length(headline) >= 1 and length(headline) <= 150)',
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_biography_check" check (length(biography) <= 5000)',
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_education_check" check (length(education) <= 2000)',
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_city_check" check (length(city) >= 1 and length(city) <= 100)',
    );
    this.addSql(
      `alter table "marketplace"."tutors" add constraint "tutors_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_languages_check" check (cardinality(languages) >= 1 and cardinality(languages) <= 10)',
    );
    this.addSql(
      `alter table "marketplace"."tutors" add constraint "tutors_formats_check" check (cardinality(formats) >= 1 and cardinality(formats) <= 2 and formats <@ array['ONLINE'::text, 'IN_PERSON'::text])`,
    );
    this.addSql(
      `alter table "marketplace"."tutors" add constraint "tutors_in_person_city_check" check (city is not null or not ('IN_PERSON' = any (formats)))`,
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_experience_check" check (experience_years >= 0 and experience_years <= 80)',
    );
    this.addSql(
      'alter table "marketplace"."tutors" add constraint "tutors_rating_check" check (rating_sum >= review_count and rating_sum <= 5 * review_count)',
    );
    this.addSql(
      'create table "marketplace"."offerings" ("id" uuid not null, "tutor_id" uuid not null, "subject_id" uuid not null, "levels" text[] not null, "rate_minor" bigint not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql(
      'create index "offerings_of_subject" on "marketplace"."offerings" ("subject_id", "rate_minor", "tutor_id")',
    );
    this.addSql(
      'alter table "marketplace"."offerings" add constraint "offerings_subject_once" unique ("tutor_id", "subject_id")',
    );
    this.addSql(
      'alter table "marketplace"."offerings" add constraint "offerings_rate_check" check (rate_minor >= 1 and rate_minor <= 1000000000)',
    );
    this.addSql(
      `alter table "marketplace"."offerings" add constraint "offerings_levels_check" check (cardinality(levels) >= 1 and cardinality(levels) <= 5 and levels <@ array['PRIMARY_SCHOOL'::text, 'SECONDARY_SCHOOL'::text, 'EXAM'::text, 'UNIVERSITY'::text, 'ADULT'::text])`,
    );
    this.addSql(
      'create table "marketplace"."applications" ("id" uuid not null, "order_id" uuid not null, "tutor_id" uuid not null, "message" text not null, "rate_minor" bigint not null, "currency" text not null, "status" text not null, "created_at" timestamptz not null, "decided_at" timestamptz null, primary key ("id"))',
    );
    this.addSql(
      'create index "applications_of_order" on "marketplace"."applications" ("order_id", "created_at", "id")',
    );
    this.addSql(
      'create index "applications_of_tutor" on "marketplace"."applications" ("tutor_id", "created_at", "id")',
    );
    this.addSql(
      'alter table "marketplace"."applications" add constraint "applications_once_per_tutor" unique ("order_id", "tutor_id")',
    );
    this.addSql(
      `create unique index "applications_one_chosen" on "marketplace"."applications" ("order_id") where status = 'CHOSEN'`,
    );
    this.addSql(
      'alter table "marketplace"."applications" add constraint "applications_message_check" check (length(message) >= 1 and length(message) <= 2000)',
    );
    this.addSql(
      'alter table "marketplace"."applications" add constraint "applications_rate_check" check (rate_minor >= 1 and rate_minor <= 1000000000)',
    );
    this.addSql(
      `alter table "marketplace"."applications" add constraint "applications_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      `alter table "marketplace"."applications" add constraint "applications_decided_check" check ((status = 'PENDING') = (decided_at is null))`,
    );
    this.addSql(
      `alter table "marketplace"."applications" add constraint "applications_status_check" check ("status" in ('PENDING', 'CHOSEN', 'DECLINED', 'WITHDRAWN', 'NOT_CHOSEN'))`,
    );
    this.addSql(
      'create table "marketplace"."bookings" ("id" uuid not null, "order_id" uuid not null, "application_id" uuid not null, "tutor_id" uuid not null, "student_id" uuid not null, "subject_id" uuid not null, "price_minor" bigint not null, "currency" text not null, "status" text not null, "starts_at" timestamptz null, "ends_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "bookings_of_student" on "marketplace"."bookings" ("student_id", "created_at", "id")');
    this.addSql('create index "bookings_of_tutor" on "marketplace"."bookings" ("tutor_id", "created_at", "id")');
    this.addSql('create index "bookings_of_order" on "marketplace"."bookings" ("order_id")');
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_once_per_application" unique ("application_id")',
    );
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_price_check" check (price_minor >= 1 and price_minor <= 1000000000)',
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_currency_check" check (currency ~ '^[A-Z]{3}$')`,
    );
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_times_check" check ((starts_at is null) = (ends_at is null) and ends_at > starts_at)',
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_unscheduled_check" check (status <> 'UNSCHEDULED' or starts_at is null)`,
    );
    this.addSql(
      `alter table "marketplace"."bookings" add constraint "bookings_status_check" check ("status" in ('UNSCHEDULED', 'COMPLETED', 'CANCELLED'))`,
    );
    this.addSql(
      'create table "marketplace"."reviews" ("id" uuid not null, "booking_id" uuid not null, "tutor_id" uuid not null, "student_id" uuid not null, "rating" int not null, "text" text null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "reviews_of_tutor" on "marketplace"."reviews" ("tutor_id", "created_at", "id")');
    this.addSql('alter table "marketplace"."reviews" add constraint "reviews_once_per_booking" unique ("booking_id")');
    this.addSql(
      'alter table "marketplace"."reviews" add constraint "reviews_rating_check" check (rating >= 1 and rating <= 5)',
    );
    this.addSql('alter table "marketplace"."reviews" add constraint "reviews_text_check" check (length(text) <= 3000)');
    this.addSql(
      'alter table "marketplace"."orders" add constraint "orders_subject_id_foreign" foreign key ("subject_id") references "marketplace"."subjects" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."offerings" add constraint "offerings_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on delete cascade',
    );
    this.addSql(
      'alter table "marketplace"."offerings" add constraint "offerings_subject_id_foreign" foreign key ("subject_id") references "marketplace"."subjects" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."applications" add constraint "applications_order_id_foreign" foreign key ("order_id") references "marketplace"."orders" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."applications" add constraint "applications_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_order_id_foreign" foreign key ("order_id") references "marketplace"."orders" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_application_id_foreign" foreign key ("application_id") references "marketplace"."applications" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."bookings" add constraint "bookings_subject_id_foreign" foreign key ("subject_id") references "marketplace"."subjects" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."reviews" add constraint "reviews_booking_id_foreign" foreign key ("booking_id") references "marketplace"."bookings" ("id")',
    );
    this.addSql(
      'alter table "marketplace"."reviews" add constraint "reviews_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")',
    );
  }
}

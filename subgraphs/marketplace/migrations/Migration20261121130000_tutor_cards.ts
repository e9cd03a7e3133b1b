import { Migration } from '@mikro-orm/migrations';

/** Words sound alike in Latin letters, whatever letters they are typed in. */
const LATIN = `create function marketplace.latin(word text) returns text language sql immutable strict parallel safe as $$
  select translate(
    replace(replace(replace(replace(replace(replace(replace(replace(lower(word),
      'щ', 'sch'), 'ш', 'sh'), 'ч', 'ch'), 'ж', 'zh'), 'ю', 'yu'), 'я', 'ya'), 'х', 'kh'), 'ц', 'ts'),
    'абвгдеёзийклмнопрстуфыэьъ', 'abvgdeeziyklmnoprstufye') $$`;

/**
 * How good a tutor is, in thousandths of a star: the mean rating as if five more students had given 4.3, a quarter of a
 * star for being verified, and for newcomers (fewer than three reviews in their first 60 days) up to 0.7 of a star, drawn
 * anew each day, so that a share of them stands among the best.
 */
const QUALITY = `create function marketplace.tutor_quality(
    tutor_id uuid, rating_sum int, review_count int, verified_until timestamptz, created_at timestamptz, today date) returns int
  language sql immutable parallel safe as $$
  select round(1000 * (rating_sum + 5 * 4.3) / (review_count + 5))::int
    + case when verified_until > today::timestamp at time zone 'UTC' then 250 else 0 end
    + case when review_count < 3 and created_at > (today - 60)::timestamp at time zone 'UTC'
        then (hashtextextended(tutor_id::text, today - date '2000-01-01') & 1023)::int * 700 / 1024 else 0 end $$`;

/** Writes the cards of some tutors anew; those who are hidden have none. Subjects cannot change until it is committed. */
const WRITE_CARDS = `create function marketplace.write_tutor_cards(ids uuid[]) returns void language plpgsql as $$
begin
  perform from marketplace.subjects s
    where s.id in (select o.subject_id from marketplace.offerings o where o.tutor_id = any (ids)) order by s.id for share;
  delete from marketplace.tutor_cards c
    where c.tutor_id = any (ids)
      and not exists (select from marketplace.tutors t where t.id = c.tutor_id and t.hidden_at is null);
  insert into marketplace.tutor_cards as c (tutor_id, subject_ids, offers, lowest_minor, highest_minor, currency, city,
      languages, formats, rating, quality, verified_until, experience_years, created_at, shuffle, main, document)
    select t.id, offered.subject_ids, offered.offers, offered.lowest_minor, offered.highest_minor, t.currency, lower(t.city),
      t.languages, t.formats, coalesce(t.rating_sum::numeric / nullif(t.review_count, 0), 0),
      marketplace.tutor_quality(t.id, t.rating_sum, t.review_count, t.verified_until, t.created_at,
        (now() at time zone 'UTC')::date),
      t.verified_until, t.experience_years, t.created_at, hashtext(t.id::text) & 2147483647,
      texts.main, texts.main || marketplace.search_document(concat_ws(' ', t.city, t.education, t.biography))
    from marketplace.tutors t
    cross join lateral (
      select coalesce(array_agg(o.subject_id order by o.subject_id), '{}') as subject_ids,
        coalesce(jsonb_agg(jsonb_build_object('subject_id', o.subject_id, 'rate_minor', o.rate_minor, 'levels', o.levels)
          order by o.subject_id), '[]') as offers,
        coalesce(min(o.rate_minor), 9223372036854775807) as lowest_minor,
        coalesce(max(o.rate_minor), 0) as highest_minor,
        coalesce(string_agg(s.name_en || ' ' || s.name_ru, ' ' order by s.id), '') as names
      from marketplace.offerings o join marketplace.subjects s on s.id = o.subject_id
      where o.tutor_id = t.id and s.archived_at is null) offered
    cross join lateral (
      select marketplace.search_document(concat_ws(' ', t.display_name, offered.names, t.headline)) as main offset 0) texts
    where t.id = any (ids) and t.hidden_at is null
    order by t.id
  on conflict (tutor_id) do update set (subject_ids, offers, lowest_minor, highest_minor, currency, city, languages,
      formats, rating, quality, verified_until, experience_years, created_at, main, document)
    = (excluded.subject_ids, excluded.offers, excluded.lowest_minor, excluded.highest_minor, excluded.currency,
      excluded.city, excluded.languages, excluded.formats, excluded.rating, excluded.quality, excluded.verified_until, excluded.experience_years,
      excluded.created_at, excluded.main, excluded.document);
  insert into marketplace.search_words (word, sound)
    select words.word, marketplace.latin(words.word)
    from (
      select distinct match[1] as word
      from marketplace.tutors t
      left join marketplace.offerings o on o.tutor_id = t.id
      left join marketplace.subjects s on s.id = o.subject_id and s.archived_at is null
      cross join lateral regexp_matches(
        lower(concat_ws(' ', t.display_name, t.headline, t.city, s.name_en, s.name_ru)), '[[:alpha:]]{3,40}', 'g') as match
      where t.id = any (ids) and t.hidden_at is null) words
    where not exists (select from marketplace.search_words known where known.word = words.word)
    order by words.word
  on conflict do nothing;
end $$`;

const TRIGGERS = [
  `create function marketplace.tutors_added() returns trigger language plpgsql as $$
   begin perform marketplace.write_tutor_cards(array(select id from added)); return null; end $$`,
  `create trigger tutors_added after insert on marketplace.tutors
   referencing new table as added for each statement execute function marketplace.tutors_added()`,
  `create function marketplace.tutor_changed() returns trigger language plpgsql as $$
   begin perform marketplace.write_tutor_cards(array[new.id]); return null; end $$`,
  `create trigger tutor_changed after update of display_name, headline, biography, education, city, currency, languages,
     formats, experience_years, hidden_at, created_at on marketplace.tutors
   for each row when (old.* is distinct from new.*) execute function marketplace.tutor_changed()`,
  // A review or a verification changes nothing else, and stemming a whole profile takes longer than all the rest of it.
  `create function marketplace.tutor_rated() returns trigger language plpgsql as $$
   begin
     update marketplace.tutor_cards set
       rating = coalesce(new.rating_sum::numeric / nullif(new.review_count, 0), 0),
       verified_until = new.verified_until,
       quality = marketplace.tutor_quality(new.id, new.rating_sum, new.review_count, new.verified_until, new.created_at,
         (now() at time zone 'UTC')::date)
     where tutor_id = new.id;
     return null;
   end $$`,
  `create trigger tutor_rated after update of rating_sum, review_count, verified_until on marketplace.tutors
   for each row when (old.* is distinct from new.*) execute function marketplace.tutor_rated()`,
  // It cannot change while a tutor offers something.
  `create function marketplace.offering_currency() returns trigger language plpgsql as $$
   begin
     select currency into strict new.currency from marketplace.tutors where id = new.tutor_id;
     return new;
   end $$`,
  `create trigger offering_currency before insert on marketplace.offerings
   for each row execute function marketplace.offering_currency()`,
  `create function marketplace.offerings_changed() returns trigger language plpgsql as $$
   begin perform marketplace.write_tutor_cards(array(select distinct tutor_id from changed)); return null; end $$`,
  `create trigger offerings_added after insert on marketplace.offerings
   referencing new table as changed for each statement execute function marketplace.offerings_changed()`,
  `create trigger offerings_changed after update on marketplace.offerings
   referencing new table as changed for each statement execute function marketplace.offerings_changed()`,
  `create trigger offerings_removed after delete on marketplace.offerings
   referencing old table as changed for each statement execute function marketplace.offerings_changed()`,
  `create function marketplace.subject_changed() returns trigger language plpgsql as $$
   begin
     perform marketplace.write_tutor_cards(array(select tutor_id from marketplace.offerings where subject_id = new.id));
     return null;
   end $$`,
  `create trigger subject_changed after update of name_en, name_ru, archived_at on marketplace.subjects
   for each row when (old.* is distinct from new.*) execute function marketplace.subject_changed()`,
];

/** One row for each tutor who is to be found holds all that search compares, and the database keeps it. */
export class Migration20261121130000_tutor_cards extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm with schema public');
    this.addSql(
      'create table "marketplace"."search_words" ("word" text not null, "sound" text not null, primary key ("word"))',
    );
    this.addSql('create index search_words_by_beginning on marketplace.search_words (word text_pattern_ops)');
    this.addSql(
      'create index search_words_by_sound on marketplace.search_words using gin (sound gin_trgm_ops) with (fastupdate = off)',
    );
    this.addSql(
      'create table "marketplace"."tutor_cards" ("tutor_id" uuid not null, "subject_ids" uuid[] not null, "offers" jsonb not null, "lowest_minor" bigint not null, "highest_minor" bigint not null, "currency" text not null, "city" text null, "languages" text[] not null, "formats" text[] not null, "rating" numeric not null, "quality" int not null, "verified_until" timestamptz null, "experience_years" int not null, "created_at" timestamptz not null, "shuffle" int not null, "main" tsvector not null, "document" tsvector not null, primary key ("tutor_id"))',
    );
    this.addSql(
      'alter table "marketplace"."tutor_cards" add constraint "tutor_cards_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on update cascade on delete cascade',
    );
    this.addSql('create index "tutor_cards_best" on "marketplace"."tutor_cards" ("quality", "tutor_id")');
    this.addSql('create index "tutor_cards_best_rated" on "marketplace"."tutor_cards" ("rating", "tutor_id")');
    this.addSql('create index "tutor_cards_newest" on "marketplace"."tutor_cards" ("created_at", "tutor_id")');
    this.addSql(
      'create index "tutor_cards_most_experienced" on "marketplace"."tutor_cards" ("experience_years", "tutor_id")',
    );
    this.addSql(
      'create index "tutor_cards_cheapest" on "marketplace"."tutor_cards" ("currency", "lowest_minor", "tutor_id")',
    );
    this.addSql(
      'create index tutor_cards_dearest on marketplace.tutor_cards (currency, (case when highest_minor = 0 then 0 else lowest_minor end) desc, tutor_id desc)',
    );
    this.addSql('create index "tutor_cards_shuffled" on "marketplace"."tutor_cards" ("shuffle", "tutor_id")');
    this.addSql('create index "tutor_cards_of_city" on "marketplace"."tutor_cards" ("city", "quality", "tutor_id")');
    this.addSql(
      'create index tutor_cards_search on marketplace.tutor_cards using gin (main, document, subject_ids, languages) with (fastupdate = off)',
    );
    this.addSql(`alter table "marketplace"."offerings" add "currency" text not null default ''`);
    this.addSql(
      'update "marketplace"."offerings" set "currency" = "tutors"."currency" from "marketplace"."tutors" where "tutors"."id" = "offerings"."tutor_id"',
    );
    this.addSql('drop index "marketplace"."offerings_of_subject"');
    this.addSql(
      'create index "offerings_of_subject" on "marketplace"."offerings" ("subject_id", "currency", "rate_minor", "tutor_id")',
    );
    this.addSql('create index "offerings_by_rate" on "marketplace"."offerings" ("currency", "rate_minor", "tutor_id")');
    for (const statement of [LATIN, QUALITY, WRITE_CARDS]) this.addSql(statement);
    this.addSql('select marketplace.write_tutor_cards(array(select id from marketplace.tutors))');
    for (const statement of TRIGGERS) this.addSql(statement);
    for (const index of ['newest', 'most_experienced', 'best_rated', 'of_city', 'search']) {
      this.addSql(`drop index marketplace.tutors_${index}`);
    }
  }
}

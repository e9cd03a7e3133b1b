import { Migration } from '@mikro-orm/migrations';

/** As it was, and with who is premium: among tutors of the same quality they are first. */
const WRITE_CARDS = `create or replace function marketplace.write_tutor_cards(ids uuid[]) returns void language plpgsql as $$
begin
  perform from marketplace.subjects s
    where s.id in (select o.subject_id from marketplace.offerings o where o.tutor_id = any (ids)) order by s.id for share;
  delete from marketplace.tutor_cards c
    where c.tutor_id = any (ids)
      and not exists (select from marketplace.tutors t where t.id = c.tutor_id and t.hidden_at is null);
  insert into marketplace.tutor_cards as c (tutor_id, subject_ids, offers, lowest_minor, highest_minor, currency, city,
      languages, formats, rating, quality, verified_until, premium, experience_years, created_at, shuffle, main, document)
    select t.id, offered.subject_ids, offered.offers, offered.lowest_minor, offered.highest_minor, t.currency, lower(t.city),
      t.languages, t.formats, coalesce(t.rating_sum::numeric / nullif(t.review_count, 0), 0),
      marketplace.tutor_quality(t.id, t.rating_sum, t.review_count, t.verified_until, t.created_at,
        (now() at time zone 'UTC')::date) + t.premium::int,
      t.verified_until, t.premium, t.experience_years, t.created_at, hashtext(t.id::text) & 2147483647,
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
      formats, rating, quality, verified_until, premium, experience_years, created_at, main, document)
    = (excluded.subject_ids, excluded.offers, excluded.lowest_minor, excluded.highest_minor, excluded.currency,
      excluded.city, excluded.languages, excluded.formats, excluded.rating, excluded.quality, excluded.verified_until, excluded.premium,
      excluded.experience_years, excluded.created_at, excluded.main, excluded.document);
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
  `create or replace function marketplace.tutor_rated() returns trigger language plpgsql as $$
   begin
     update marketplace.tutor_cards set
       rating = coalesce(new.rating_sum::numeric / nullif(new.review_count, 0), 0),
       verified_until = new.verified_until,
       premium = new.premium,
       quality = marketplace.tutor_quality(new.id, new.rating_sum, new.review_count, new.verified_until, new.created_at,
         (now() at time zone 'UTC')::date) + new.premium::int
     where tutor_id = new.id;
     return null;
   end $$`,
  'drop trigger tutor_rated on marketplace.tutors',
  `create trigger tutor_rated after update of rating_sum, review_count, verified_until, premium on marketplace.tutors
   for each row when (old.* is distinct from new.*) execute function marketplace.tutor_rated()`,
  'drop trigger tutor_card_changed on marketplace.tutor_cards',
  `create trigger tutor_card_changed after update on marketplace.tutor_cards
   for each row when ((old.subject_ids, old.offers, old.currency, old.city, old.languages, old.formats, old.rating,
       old.verified_until, old.premium, old.document)
     is distinct from (new.subject_ids, new.offers, new.currency, new.city, new.languages, new.formats, new.rating,
       new.verified_until, new.premium, new.document))
   execute function marketplace.tutor_card_changed()`,
];

/** Tutors are premium or not, and are found by it. */
export class Migration20261121141148_premium_tutors extends Migration {
  override up(): void {
    this.addSql(`alter table "marketplace"."saved_searches" add "premium_only" boolean not null default false`);
    this.addSql(
      `alter table "marketplace"."tutors" add "premium" boolean not null default false, add "premium_until" timestamptz null`,
    );
    this.addSql(`alter table "marketplace"."tutor_cards" add "premium" boolean not null default false`);
    this.addSql(`create index tutor_cards_premium on marketplace.tutor_cards (quality, tutor_id) where premium`);
    this.addSql(WRITE_CARDS);
    for (const statement of TRIGGERS) this.addSql(statement);
  }
}

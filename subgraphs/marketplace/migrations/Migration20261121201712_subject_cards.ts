import { Migration } from '@mikro-orm/migrations';

/** Writes what cards, an expression, say of each subject; rows that say it already stay as they are. */
const copy = (
  cards: string,
) => `insert into marketplace.subject_cards as s (tutor_id, subject_id, levels, rate_minor, currency, city,
    languages, formats, rating, quality, verified_until, premium, experience_years, created_at)
  select c.tutor_id, o.subject_id, o.levels, o.rate_minor, c.currency, c.city, c.languages, c.formats, c.rating, c.quality,
    c.verified_until, c.premium, c.experience_years, c.created_at
  from ${cards} c cross join lateral jsonb_to_recordset(c.offers) as o (subject_id uuid, levels text[], rate_minor bigint)
  order by c.tutor_id, o.subject_id
  on conflict (tutor_id, subject_id) do update set (levels, rate_minor, currency, city, languages, formats, rating, quality,
      verified_until, premium, experience_years, created_at)
    = (excluded.levels, excluded.rate_minor, excluded.currency, excluded.city, excluded.languages, excluded.formats,
      excluded.rating, excluded.quality, excluded.verified_until, excluded.premium, excluded.experience_years,
      excluded.created_at)
  where s.* is distinct from excluded.*`;

/** Whoever writes a card holds it until the end, so that nobody else copies it meanwhile. */
const TRIGGERS = [
  `create function marketplace.subject_cards_follow() returns trigger language plpgsql as $$
   begin
     delete from marketplace.subject_cards s using written w
       where s.tutor_id = w.tutor_id and s.subject_id <> all (w.subject_ids);
     ${copy('written')};
     return null;
   end $$`,
  `create trigger subject_cards_added after insert on marketplace.tutor_cards
   referencing new table as written for each statement execute function marketplace.subject_cards_follow()`,
  `create trigger subject_cards_changed after update on marketplace.tutor_cards
   referencing new table as written for each statement execute function marketplace.subject_cards_follow()`,
];

/**
 * One row for each subject of a card leads through those who teach it, in any order; offerings need no currency of their
 * own any longer.
 */
export class Migration20261121201712_subject_cards extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."subject_cards" ("tutor_id" uuid not null, "subject_id" uuid not null, "levels" text[] not null, "rate_minor" bigint not null, "currency" text not null, "city" text null, "languages" text[] not null, "formats" text[] not null, "rating" numeric not null, "quality" int not null, "verified_until" timestamptz null, "premium" boolean not null, "experience_years" int not null, "created_at" timestamptz not null, primary key ("tutor_id", "subject_id"))`,
    );
    this.addSql(
      `create index "subject_cards_best" on "marketplace"."subject_cards" ("subject_id", "quality", "tutor_id")`,
    );
    this.addSql(
      `create index "subject_cards_best_rated" on "marketplace"."subject_cards" ("subject_id", "rating", "tutor_id")`,
    );
    this.addSql(
      `create index "subject_cards_newest" on "marketplace"."subject_cards" ("subject_id", "created_at", "tutor_id")`,
    );
    this.addSql(
      `create index "subject_cards_most_experienced" on "marketplace"."subject_cards" ("subject_id", "experience_years", "tutor_id")`,
    );
    this.addSql(
      `create index "subject_cards_cheapest" on "marketplace"."subject_cards" ("subject_id", "currency", "rate_minor", "tutor_id")`,
    );
    this.addSql(
      `create index "subject_cards_cheapest_of_all" on "marketplace"."subject_cards" ("currency", "rate_minor", "tutor_id")`,
    );
    this.addSql(
      'create index subject_cards_dearest on marketplace.subject_cards (subject_id, currency, rate_minor desc, tutor_id desc)',
    );
    this.addSql(
      'create index subject_cards_dearest_of_all on marketplace.subject_cards (currency, rate_minor desc, tutor_id desc)',
    );
    for (const statement of [copy('marketplace.tutor_cards'), ...TRIGGERS]) this.addSql(statement);
    this.addSql('drop trigger offering_currency on marketplace.offerings');
    this.addSql('drop function marketplace.offering_currency()');
    this.addSql(`drop index "marketplace"."offerings_by_rate"`);
    this.addSql(`drop index "marketplace"."offerings_of_subject"`);
    this.addSql(`alter table "marketplace"."offerings" drop column "currency"`);
    this.addSql(`create index "offerings_of_subject" on "marketplace"."offerings" ("subject_id", "tutor_id")`);
    this.addSql(
      `alter table "marketplace"."subject_cards" add constraint "subject_cards_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutor_cards" ("tutor_id") on delete cascade`,
    );
  }
}

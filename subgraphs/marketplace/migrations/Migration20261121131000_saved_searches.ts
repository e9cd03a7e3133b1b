import { Migration } from '@mikro-orm/migrations';

/** Keeps the card as it was before its first change that saved searches have not seen. */
const TRIGGERS = [
  `create function marketplace.tutor_card_changed() returns trigger language plpgsql as $$
   begin
     -- The row is locked though nothing of it is needed: who compares it must not forget a change that is on its way.
     insert into marketplace.tutor_changes (tutor_id, before, changed_at)
       values (coalesce(new.tutor_id, old.tutor_id), case when tg_op <> 'INSERT' then to_jsonb(old) end, clock_timestamp())
       on conflict (tutor_id) do update set changed_at = excluded.changed_at;
     return null;
   end $$`,
  `create trigger tutor_card_written after insert or delete on marketplace.tutor_cards
   for each row execute function marketplace.tutor_card_changed()`,
  `create trigger tutor_card_changed after update on marketplace.tutor_cards
   for each row when ((old.subject_ids, old.offers, old.currency, old.city, old.languages, old.formats, old.rating,
       old.verified_until, old.document)
     is distinct from (new.subject_ids, new.offers, new.currency, new.city, new.languages, new.formats, new.rating,
       new.verified_until, new.document))
   execute function marketplace.tutor_card_changed()`,
];

/** People keep searches and are told of new matches. */
export class Migration20261121131000_saved_searches extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."saved_searches" ("id" uuid not null, "user_id" uuid not null, "name" text not null, "notify" boolean not null, "filter" jsonb not null, "anchors" text[] not null, "words" tsquery null, "subject_ids" uuid[] null, "offer_path" text null, "currency" text null, "city" text null, "format" text null, "language" text null, "languages" text[] null, "rating_at_least" numeric null, "verified" boolean not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "saved_searches_of_user" on "marketplace"."saved_searches" ("user_id", "created_at", "id")`,
    );
    this.addSql(`create index saved_searches_by_anchor on marketplace.saved_searches using gin (anchors) where notify`);
    this.addSql(
      `create table "marketplace"."saved_search_matches" ("search_id" uuid not null, "tutor_id" uuid not null, "is_told" boolean not null, primary key ("search_id", "tutor_id"))`,
    );
    this.addSql(`create index "saved_search_matches_of_tutor" on "marketplace"."saved_search_matches" ("tutor_id")`);
    this.addSql(
      `create table "marketplace"."tutor_changes" ("tutor_id" uuid not null, "before" jsonb null, "changed_at" timestamptz not null, primary key ("tutor_id"))`,
    );
    this.addSql(`create index "tutor_changes_oldest" on "marketplace"."tutor_changes" ("changed_at")`);
    this.addSql(
      `alter table "marketplace"."saved_searches" add constraint "saved_searches_name_check" check (length(name) >= 1 and length(name) <= 100)`,
    );
    this.addSql(
      `alter table "marketplace"."saved_searches" add constraint "saved_searches_anchors_check" check (cardinality(anchors) >= 1)`,
    );
    this.addSql(
      `alter table "marketplace"."saved_search_matches" add constraint "saved_search_matches_search_id_foreign" foreign key ("search_id") references "marketplace"."saved_searches" ("id") on update no action on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."saved_search_matches" add constraint "saved_search_matches_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on update no action on delete cascade`,
    );
    for (const statement of TRIGGERS) this.addSql(statement);
  }
}

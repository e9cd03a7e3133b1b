import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/** A search that has a new match. */
export interface NewMatch {
  searchId: string;
  userId: string;
  tutorId: string;
}

/**
 * Compares some tutors who have changed with all saved searches that tell, and forgets that they have changed: in one
 * statement, however many searches there are. A tutor who fits and did not before is a new match, once for ever. One who
 * fits no longer is noted too, so that coming back tells nobody who knew them.
 */
export async function matchChanges(tx: EntityManager, most: number): Promise<{ changes: number; matches: NewMatch[] }> {
  const { rows } = await sql<NewMatch & { changes: number }>`
    with due as (
      delete from marketplace.tutor_changes where tutor_id in (
        select tutor_id from marketplace.tutor_changes order by changed_at limit ${most} for update skip locked)
      returning tutor_id, before
    ), pairs as (
      select s.id as search_id, s.user_id, due.tutor_id,
             (c.tutor_id is not null and ${fits('c', sql`c.verified_until > now()`)}) as fits,
             (due.before is not null and ${fits('b', sql`b.verified_until is not null`)}) as fitted
        from due
        join marketplace.tutors t on t.id = due.tutor_id
        left join marketplace.tutor_cards c on c.tutor_id = due.tutor_id
        cross join lateral jsonb_populate_record(null::marketplace.tutor_cards, due.before) b
        join marketplace.saved_searches s on s.notify and s.anchors && (${anchorsOf('c')} || ${anchorsOf('b')} || array['any'])
    ), noted as (
      insert into marketplace.saved_search_matches (search_id, tutor_id, is_told)
      select search_id, tutor_id, fits from pairs where fits <> fitted order by search_id, tutor_id
      on conflict do nothing returning search_id, tutor_id, is_told
    )
    select p.search_id as "searchId", p.user_id as "userId", p.tutor_id as "tutorId", 0 as changes
      from noted n join pairs p using (search_id, tutor_id) where n.is_told
    union all select null, null, null, count(*)::int from due`.execute(tx.getKysely());
  const changes = rows.find(({ searchId }) => searchId === null)?.changes ?? 0;
  return { changes, matches: rows.filter(({ searchId }) => searchId !== null) };
}

/** Notes the tutors who match a search now and have not been compared yet: they were there when it was saved. */
export async function noteThoseWhoMatch(tx: EntityManager, searchId: string): Promise<void> {
  await sql`
    insert into marketplace.saved_search_matches (search_id, tutor_id, is_told)
    select s.id, c.tutor_id, false
      from marketplace.saved_searches s, marketplace.tutor_changes d
      join marketplace.tutor_cards c on c.tutor_id = d.tutor_id
     where s.id = ${searchId} and ${fits('c', sql`c.verified_until > now()`)}
    on conflict do nothing`.execute(tx.getKysely());
}

/** Does the card of this alias fulfil the saved search `s`? As `tutor-conditions.ts` would say it of one search. */
function fits(alias: 'b' | 'c', isVerified: Sql): Sql {
  const card = sql.ref(alias);
  return sql`(
    (s.subject_ids is null or s.subject_ids && ${card}.subject_ids)
    and (s.currency is null or s.currency = ${card}.currency)
    and (s.city is null or coalesce(s.city = ${card}.city, false))
    and (s.format is null or s.format = any (${card}.formats))
    and (s.language is null or s.language = any (${card}.languages))
    and (s.languages is null or s.languages && ${card}.languages)
    and (s.rating_at_least is null or ${card}.rating >= s.rating_at_least)
    and (not s.verified or coalesce(${isVerified}, false))
    and (not s.premium_only or coalesce(${card}.premium, false))
    and (s.offer_path is null or jsonb_path_exists(${card}.offers, s.offer_path::jsonpath))
    and (s.words is null or ${card}.document @@ s.words))`;
}

function anchorsOf(alias: 'b' | 'c'): Sql {
  const card = sql.ref(alias);
  return sql`coalesce((select array_agg('subject:' || taught.id) from unnest(${card}.subject_ids) as taught (id)), '{}'::text[])
    || coalesce('city:' || ${card}.city, 'any')`;
}

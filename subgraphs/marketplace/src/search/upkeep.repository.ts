import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Computes the quality of some cards anew that time has changed: of newcomers and of those lately verified.
 *
 * @returns after whom to go on; undefined at the end
 */
export async function refreshQuality(
  em: EntityManager,
  { after, most, now }: { after: string; most: number; now: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with chosen as (
      select t.id, marketplace.tutor_quality(t.id, t.rating_sum, t.review_count, t.verified_until, t.created_at,
               (${now}::timestamptz at time zone 'UTC')::date) + t.premium::int as quality
        from marketplace.tutors t
       where t.id > ${after || FIRST_ID} and t.hidden_at is null
         and (t.created_at > ${now}::timestamptz - interval '62 days' or t.verified_until between ${now}::timestamptz - interval '32 days' and ${now})
       order by t.id limit ${most} for share
    ), changed as (
      update marketplace.tutor_cards c set quality = chosen.quality
        from chosen where c.tutor_id = chosen.id and c.quality <> chosen.quality
    )
    select id from chosen order by id`.execute(em.getKysely());
  return rows[most - 1]?.id;
}

/**
 * Forgets those of some words with which nobody is found any longer.
 *
 * @returns after which word to go on; undefined at the end
 */
export async function forgetUnusedWords(
  em: EntityManager,
  { after, most }: { after: string; most: number },
): Promise<string | undefined> {
  const { rows } = await sql<{ word: string }>`
    with chosen as (
      select word from marketplace.search_words where word > ${after} order by word limit ${most}
    ), forgotten as (
      delete from marketplace.search_words w using chosen
       where w.word = chosen.word
         and not exists (select from marketplace.tutor_cards c where c.document @@ plainto_tsquery('russian', w.word))
    )
    select word from chosen order by word`.execute(em.getKysely());
  return rows[most - 1]?.word;
}

/** Forgets the words of some texts at once, but for those with which somebody else is found. */
export async function forgetWordsOf(tx: EntityManager, texts: string): Promise<void> {
  await sql`
    delete from marketplace.search_words w
     using (select distinct match[1] as word from regexp_matches(lower(${texts}), '[[:alpha:]]{3,40}', 'g') as match) given
     where w.word = given.word
       and not exists (select from marketplace.tutor_cards c where c.document @@ plainto_tsquery('russian', w.word))`.execute(
    tx.getKysely(),
  );
}

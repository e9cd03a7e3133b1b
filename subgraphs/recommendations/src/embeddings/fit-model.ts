import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { NewModel, StoredModel } from './embedding-models.js';
import { fittedModel } from './local-models.js';
import { runFit } from './run-fit.js';
import { TEXT_OWNERS } from './texts.js';

/** Fewer profiles tell nothing of what words mean. */
const LEAST_TUTORS = 100;
/** So many profiles say what all of them would; more take only longer. */
const MOST_TEXTS = 10_000;
/** A catalogue of so many times the tutors is another one. */
const GROWTH = 2;
/** So large a part of the catalogue that changed makes it another one, but not more often than once a day. */
const CHANGED_PART = 0.3;

/** Has the catalogue changed so much that a local model should be fitted anew? */
export async function isFitDue(em: EntityManager, model: StoredModel | undefined): Promise<boolean> {
  const { rows } = await sql<{ tutors: number; changed: number; age: number }>`
    select count(*)::int as tutors,
      (count(*) filter (where changed_at > ${model?.createdAt ?? null}::timestamptz))::int as changed,
      coalesce(extract(epoch from now() - ${model?.createdAt ?? null}::timestamptz), 0)::float8 / 86400 as age
      from recommendations.tutors`.execute(em.getKysely());
  const [{ tutors, changed, age } = { tutors: 0, changed: 0, age: 0 }] = rows;
  const fittedOn = model?.fittedOn ?? null;
  if (tutors < LEAST_TUTORS) return false;
  return fittedOn === null || tutors >= GROWTH * fittedOn || (age > 1 && changed > CHANGED_PART * fittedOn);
}

/**
 * Learns from a sample of the profiles, the same one while they are the same.
 *
 * @returns null where there are not even {@link LEAST_TUTORS} with words
 */
export async function fitModel(em: EntityManager, signal: AbortSignal): Promise<NewModel | null> {
  const { table, text } = TEXT_OWNERS.TUTOR;
  const { rows } = await sql<{ text: string; tutors: number }>`
    select ${text} as text, (count(*) over ())::int as tutors from ${table} t
     where ${text} <> '' order by md5(t.id::text) limit ${MOST_TEXTS}`.execute(em.getKysely());
  const [first] = rows;
  if (!first || first.tutors < LEAST_TUTORS) return null;
  const content = await runFit(
    rows.map((row) => row.text),
    signal,
  );
  const { model: id, dimensions } = fittedModel(content);
  return { id, source: 'LOCAL', dimensions, fittedOn: first.tutors, content };
}

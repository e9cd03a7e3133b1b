import type { Profile } from './judge.rules.ts';

/** Runs one statement. */
export type RunStatement = (statement: string) => Promise<Record<string, unknown>[]>;

const PROFILES = `
  select t.id, t.hidden_at is not null as hidden, concat_ws(' ', t.headline, t.biography) as text, t.languages, t.formats, t.city, t.currency,
    t.review_count as "reviewCount", t.rating_sum as "ratingSum", coalesce(s.time_zone, 'UTC') as "timeZone",
    coalesce((select json_agg(json_build_object('weekday', r.weekday, 'fromMinute', r.starts_at_minute, 'toMinute', r.ends_at_minute))
      from marketplace.schedule_rules r where r.tutor_id = t.id), '[]') as hours,
    coalesce((select json_agg(json_build_object('subject', subject.slug, 'levels', o.levels, 'rateMinor', o.rate_minor))
      from marketplace.offerings o join marketplace.subjects subject on subject.id = o.subject_id where o.tutor_id = t.id), '[]') as offerings
  from marketplace.tutors t left join marketplace.schedules s on s.tutor_id = t.id`;

/** All profiles as marketplace has them: the judge reads nothing of this room. */
export async function readCatalogue(run: RunStatement): Promise<Profile[]> {
  const rows = (await run(PROFILES)) as unknown as Profile[];
  return rows.map((row) => ({ ...row, reviewCount: Number(row.reviewCount), ratingSum: Number(row.ratingSum) }));
}

/** Ids of subjects by their slugs. */
export async function readSubjects(run: RunStatement): Promise<Map<string, string>> {
  const rows = await run('select slug, id from marketplace.subjects');
  return new Map(rows.map((row) => [String(row['slug']), String(row['id'])]));
}

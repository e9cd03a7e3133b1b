import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { OutcomeKind } from '../feedback/feedback.entity.js';
import { FEATURE_NAMES } from './features.js';
import { gradeOf, OUTCOME_DAYS } from './grades.rules.js';
import type { LoggedList, LoggedRow } from './ranking-dataset.js';

/** Which lists to read. */
export interface LoggedListSearch {
  from: Date;
  /** Lists that were shown later are not old enough for all that may come of them. */
  to: Date;
  /** The newest so many at most. */
  most: number;
}

interface RequestRow {
  id: string;
  unit: string;
  /** In milliseconds. */
  shownAt: number;
  /** In PostgreSQL's words, to the microsecond. */
  createdAt: string;
}

interface ImpressionRow {
  requestId: string;
  position: number;
  features: number[];
  kinds: OutcomeKind[] | null;
  /** Of the worst review. */
  rating: number | null;
}

/** So many lists a statement: their features are large. */
const PAGE = 500;

/**
 * Lists of tutors as they were shown for an order or a wish, with what came of them within the time that counts: features
 * as they were then, outcomes only from after it. The newest first.
 */
export async function readLoggedLists(em: EntityManager, search: LoggedListSearch): Promise<LoggedList[]> {
  const lists: LoggedList[] = [];
  let before: Pick<RequestRow, 'createdAt' | 'id'> | undefined;
  while (lists.length < search.most) {
    const page = await readRequests(em, search, before, Math.min(PAGE, search.most - lists.length));
    const rows = await readImpressions(em, page);
    for (const { id, unit, shownAt } of page) {
      lists.push({ shownAt, unit, rows: (rows.get(id) ?? []).map(loggedRow) });
    }
    before = page.at(-1);
    if (page.length < PAGE) break;
  }
  return lists;
}

async function readRequests(
  em: EntityManager,
  { from, to }: LoggedListSearch,
  before: Pick<RequestRow, 'createdAt' | 'id'> | undefined,
  limit: number,
): Promise<RequestRow[]> {
  const end = before ? sql`and (r.created_at, r.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)` : sql``;
  const { rows } = await sql<RequestRow>`
    select r.id, coalesce(r.order_id, r.viewer_id, r.id) as unit, r.created_at::text as "createdAt",
           (extract(epoch from r.created_at) * 1000)::float8 as "shownAt"
      from recommendations.ranking_requests r
     where r.surface in ('ORDER', 'WISH') and r.created_at >= ${from} and r.created_at < ${to} ${end}
     order by r.created_at desc, r.id desc limit ${limit}`.execute(em.getKysely());
  return rows;
}

async function readImpressions(
  em: EntityManager,
  requests: readonly RequestRow[],
): Promise<Map<string, ImpressionRow[]>> {
  const { rows } = await sql<ImpressionRow>`
    select i.request_id as "requestId", i.position, i.features,
           array_agg(o.kind) filter (where o.id is not null) as kinds, min(o.rating) as rating
      from recommendations.impressions i
      left join recommendations.outcomes o on o.request_id = i.request_id and o.tutor_id = i.tutor_id
           and o.at >= i.shown_at and o.at < i.shown_at + make_interval(days => ${OUTCOME_DAYS})
     where i.request_id = any (${requests.map(({ id }) => id)}::uuid[])
     group by i.request_id, i.tutor_id order by i.position, i.tutor_id`.execute(em.getKysely());
  return Map.groupBy(rows, ({ requestId }) => requestId);
}

function loggedRow({ position, features, kinds, rating }: ImpressionRow): LoggedRow {
  const outcomes = (kinds ?? []).map((kind) => ({ kind, rating: kind === 'REVIEWED' ? rating : null }));
  return {
    position,
    // A version that counted fewer features logged fewer: new ones are at the end.
    features: FEATURE_NAMES.map((_, column) => features[column] ?? Number.NaN),
    grade: gradeOf(outcomes),
  };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { groupsOf, ndcgOf } from '@tutorgraph/kit/boosting/ndcg';
import { type RawBuilder, sql } from 'kysely';
import type { OutcomeKind } from '../feedback/feedback.entity.js';
import { type GradedOutcome, gradeOf, OUTCOME_DAYS, SUCCESS } from '../ranking/grades.rules.js';
import { shifted } from './days.js';
import type { ChanceCounts, ModelDay, PlaceCounts } from './health.entity.js';

/** What came of the lists themselves. */
export type ListFigures = Pick<
  ModelDay,
  | 'lists'
  | 'degraded'
  | 'shown'
  | 'openedLists'
  | 'successLists'
  | 'bookedLists'
  | 'hits'
  | 'ndcgSum'
  | 'ndcgLists'
  | 'places'
  | 'chances'
>;

/** Places that are told apart; what stands below them is one more. */
const PLACES = 10;
/** Tenths of chances. */
const TENTHS = 10;
/** Of which tenth a chance is; null where none was told. */
const TENTH = sql`case when i.chance is not null then least(floor(i.chance * ${TENTHS}), ${TENTHS - 1}) end::int`;
/** NDCG looks at so many places. */
const TOP = 10;
/** A success is a hit when it stood among so many. */
const HIT_PLACES = 3;
const BOOKED: readonly OutcomeKind[] = ['BOOKED', 'REPEATED'];

interface ShownRow {
  place: number;
  tenth: number | null;
  count: number;
  chances: number;
}

interface OutcomeRow {
  requestId: string;
  position: number;
  tenth: number | null;
  /** How many tutors the list has. */
  size: number;
  outcomes: GradedOutcome[];
}

/** Lists of students for whom a model ranked within a span of days, as rows of `ranking_requests r`. */
export function listsOf(modelId: string, from: string, to: string): RawBuilder<boolean> {
  return sql<boolean>`(r.created_at >= ${from}::timestamptz and r.created_at < ${shifted(to, 1)}::timestamptz
    and r.model_id = ${modelId} and r.surface in ('ORDER', 'WISH'))`;
}

/** Counts what came of a model's lists of one day. */
export async function countLists(em: EntityManager, modelId: string, day: string): Promise<ListFigures> {
  const lists = listsOf(modelId, `${day}T00:00:00Z`, day);
  const { rows: totals } = await sql<{ lists: number; degraded: number }>`
    select count(*)::int as lists, count(*) filter (where degraded)::int as degraded
      from recommendations.ranking_requests r where ${lists}`.execute(em.getKysely());
  const { rows: shown } = await sql<ShownRow>`
    select least(i.position, ${PLACES + 1}) as place, ${TENTH} as tenth,
           count(*)::int as count, coalesce(sum(i.chance), 0)::float8 as chances
      from recommendations.ranking_requests r join recommendations.impressions i on i.request_id = r.id
     where ${lists} group by 1, 2`.execute(em.getKysely());
  const { rows: outcomes } = await sql<OutcomeRow>`
    select i.request_id as "requestId", i.position, ${TENTH} as tenth, s.size,
           jsonb_agg(jsonb_build_object('kind', o.kind, 'rating', o.rating)) as outcomes
      from recommendations.ranking_requests r
      join recommendations.impressions i on i.request_id = r.id
      join recommendations.outcomes o on o.request_id = i.request_id and o.tutor_id = i.tutor_id
       and o.at < i.shown_at + make_interval(days => ${OUTCOME_DAYS})
     cross join lateral (select count(*)::int as size from recommendations.impressions x where x.request_id = r.id) s
     where ${lists} group by i.request_id, i.tutor_id, s.size order by i.request_id`.execute(em.getKysely());
  const [{ lists: all, degraded } = { lists: 0, degraded: 0 }] = totals;
  return { lists: all, degraded, ...placesAndChances(shown, outcomes), ...ofLists(outcomes) };
}

function placesAndChances(shown: readonly ShownRow[], outcomes: readonly OutcomeRow[]) {
  const places: PlaceCounts[] = Array.from({ length: PLACES + 1 }, () => ({ shown: 0, opened: 0, succeeded: 0 }));
  const chances: ChanceCounts[] = Array.from({ length: TENTHS }, () => ({ count: 0, chances: 0, succeeded: 0 }));
  for (const { place, tenth, count, chances: told } of shown) {
    const at = places[place - 1];
    if (at) at.shown += count;
    const bin = tenth === null ? undefined : chances[tenth];
    if (bin) Object.assign(bin, { count: bin.count + count, chances: bin.chances + told });
  }
  for (const { position, tenth, outcomes: happened } of outcomes) {
    const at = places[Math.min(position, PLACES + 1) - 1];
    const hasSucceeded = Number(gradeOf(happened) >= SUCCESS);
    if (at) {
      at.opened += Number(happened.some(({ kind }) => kind === 'OPENED'));
      at.succeeded += hasSucceeded;
    }
    const bin = tenth === null ? undefined : chances[tenth];
    if (bin) bin.succeeded += hasSucceeded;
  }
  return { places, chances, shown: shown.reduce((total, { count }) => total + count, 0) };
}

function ofLists(outcomes: readonly OutcomeRow[]) {
  const lists = [...Map.groupBy(outcomes, ({ requestId }) => requestId).values()];
  const having = (test: (row: OutcomeRow) => boolean): number => lists.filter((rows) => rows.some(test)).length;
  const isSuccess = ({ outcomes: happened }: OutcomeRow): boolean => gradeOf(happened) >= SUCCESS;
  const ndcgs = lists.map(ndcgOfList).filter((ndcg) => !Number.isNaN(ndcg));
  return {
    openedLists: having(({ outcomes: happened }) => happened.some(({ kind }) => kind === 'OPENED')),
    successLists: having(isSuccess),
    bookedLists: having(({ outcomes: happened }) => happened.some(({ kind }) => BOOKED.includes(kind))),
    hits: having((row) => row.position <= HIT_PLACES && isSuccess(row)),
    ndcgSum: ndcgs.reduce((total, ndcg) => total + ndcg, 0),
    ndcgLists: ndcgs.length,
  };
}

/** NDCG of a list as it was shown: all whom nothing came of are worth nothing, wherever they stood. */
function ndcgOfList(rows: readonly OutcomeRow[]): number {
  const size = Math.max(rows[0]?.size ?? 0, ...rows.map(({ position }) => position));
  const grades = new Float64Array(size);
  for (const { position, outcomes } of rows) grades[position - 1] = gradeOf(outcomes);
  const asShown = grades.map((_, index) => size - index);
  return ndcgOf(groupsOf(grades, [size]), asShown, TOP)[0] ?? Number.NaN;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { ShownList, ShownOrder, ShownTutor } from './feedback.js';

/** Of which list, and when. */
interface Shown {
  requestId: string;
  shownAt: Date;
}

/** Stores pages of lists: requests, tutors and orders by a statement each; what is there already stays as it is. */
export async function insertLists(tx: EntityManager, lists: readonly ShownList[]): Promise<void> {
  // Rows in the order of their keys: of two processes that store the same list one waits, and none for ever.
  const sorted = lists.toSorted((one, other) => compare(one.id, other.id));
  await insertRequests(tx, sorted);
  await insertImpressions(
    tx,
    sorted.flatMap((list) => shownIn(list, list.tutors, ({ tutorId }) => tutorId)),
  );
  await insertOrderImpressions(
    tx,
    sorted.flatMap((list) => shownIn(list, list.orders, ({ orderId }) => orderId)),
  );
}

function shownIn<Item>({ id, request }: ShownList, items: readonly Item[], idOf: (item: Item) => string) {
  return items
    .toSorted((one, other) => compare(idOf(one), idOf(other)))
    .map((item): Item & Shown => ({ ...item, requestId: id, shownAt: request.at }));
}

async function insertRequests(tx: EntityManager, lists: readonly ShownList[]): Promise<void> {
  const rows = lists.map(({ id, request: { list: _list, at, ...request } }) => ({ ...request, id, createdAt: at }));
  await sql`
    insert into recommendations.ranking_requests (id, surface, order_id, viewer_id, subject_id, city, model_id,
      embedding_model, variants, degraded, candidate_count, created_at)
    select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, surface text, "orderId" uuid,
      "viewerId" uuid, "subjectId" uuid, city text, "modelId" uuid, "embeddingModel" text, variants jsonb,
      degraded boolean, "candidateCount" int, "createdAt" timestamptz)
    on conflict (id) do nothing`.execute(tx.getKysely());
}

async function insertImpressions(tx: EntityManager, rows: readonly (ShownTutor & Shown)[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <Value>(of: (row: ShownTutor & Shown) => Value) => rows.map(of);
  // Not as JSON, which has no NaN.
  await sql`
    insert into recommendations.impressions (request_id, tutor_id, position, score, chance, features, explored, shown_at)
    select i.request_id, i.tutor_id, i.position, i.score, i.chance, i.features::real[], i.explored, i.shown_at
      from unnest(${column(({ requestId }) => requestId)}::uuid[], ${column(({ tutorId }) => tutorId)}::uuid[],
        ${column(({ position }) => position)}::int[], ${column(({ score }) => real(score))}::real[],
        ${column(({ chance }) => chance && real(chance))}::real[],
        ${column(({ features }) => `{${features.map(real).join(',')}}`)}::text[],
        ${column(({ explored }) => explored)}::boolean[], ${column(({ shownAt }) => shownAt.toISOString())}::timestamptz[])
        as i (request_id, tutor_id, position, score, chance, features, explored, shown_at)
    on conflict (request_id, tutor_id) do nothing`.execute(tx.getKysely());
}

async function insertOrderImpressions(tx: EntityManager, rows: readonly (ShownOrder & Shown)[]): Promise<void> {
  if (rows.length === 0) return;
  const orders = rows.map((row) => ({ ...row, score: Math.fround(row.score), chance: Math.fround(row.chance) }));
  await sql`
    insert into recommendations.order_impressions (request_id, order_id, position, score, chance, shown_at)
    select i.* from jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) as i ("requestId" uuid, "orderId" uuid,
      position int, score real, chance real, "shownAt" timestamptz)
    on conflict (request_id, order_id) do nothing`.execute(tx.getKysely());
}

/** As PostgreSQL reads a number of four bytes: it refuses what is too large or too small for one. */
function real(value: number): string {
  return String(Math.fround(value));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

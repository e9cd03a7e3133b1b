import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { Outcome, type OutcomeKind } from '../src/feedback/feedback.entity.js';
import type { ShownList } from '../src/feedback/feedback.js';
import { insertLists } from '../src/feedback/shown-list.repository.js';
import type { LoggedList } from '../src/ranking/ranking-dataset.js';
import { type ModelStatus, RankingModel } from '../src/ranking/ranking-model.entity.js';
import { HAND_MADE, importanceOf } from '../src/ranking/ranking-model.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const KINDS: readonly OutcomeKind[] = ['OPENED', 'CHOSEN', 'BOOKED', 'REPEATED'];

/** A list of a test, of two tutors unless it says otherwise. */
export function shownList(
  at: Date,
  change: Partial<ShownList['request']> = {},
  shown?: ShownList['tutors'],
): ShownList {
  const tutor = (position: number) => ({
    tutorId: newId(),
    position,
    score: 1,
    chance: 0.2,
    features: [1, Number.NaN, 0.5],
    explored: false,
  });
  return {
    id: newId(),
    request: {
      surface: 'ORDER',
      orderId: newId(),
      viewerId: newId(),
      subjectId: newId(),
      city: null,
      modelId: newId(),
      embeddingModel: null,
      variants: {},
      degraded: false,
      candidateCount: 2,
      list: 'a test',
      at,
      ...change,
    },
    tutors: shown ?? [tutor(1), tutor(2)],
    orders: [],
  };
}

/** Something that came of a tutor who was shown. */
export async function happened(
  em: EntityManager,
  list: ShownList,
  {
    position,
    kind,
    days,
    rating = null,
  }: { position: number; kind: OutcomeKind; days: number; rating?: number | null },
): Promise<void> {
  await em.fork().insert(Outcome, outcomeOf(list, position, kind, days, rating));
}

/** Stores made-up lists as if they had been shown, the last one so many days ago, with what came of each tutor. */
export async function storeLists(em: EntityManager, lists: readonly LoggedList[], daysAgo: number): Promise<void> {
  const shift = Date.now() - daysAgo * DAY_MS - (lists.at(-1)?.shownAt ?? 0);
  const orders = new Map<string, string>();
  const shown = lists.map(({ shownAt, unit, rows }) => {
    const orderId = orders.get(unit) ?? newId();
    orders.set(unit, orderId);
    const tutors = rows.map(({ position, features }) => ({
      ...{ tutorId: newId(), position, score: 1, chance: 0.2, features, explored: false },
    }));
    return shownList(new Date(shownAt + shift), { orderId }, tutors);
  });
  const outcomes = shown.flatMap((list, index) =>
    (lists[index]?.rows ?? []).flatMap(({ position, grade }) =>
      KINDS.slice(0, grade).map((kind) => outcomeOf(list, position, kind, 1, null)),
    ),
  );
  for (let first = 0; first < shown.length; first += 200) {
    await transaction(em, (tx) => insertLists(tx, shown.slice(first, first + 200)));
  }
  for (let first = 0; first < outcomes.length; first += 500) {
    await em.fork().insertMany(Outcome, outcomes.slice(first, first + 500));
  }
}

/** A model that could rank, or not. */
export async function addModel(
  em: EntityManager,
  { content = HAND_MADE, status = 'REJECTED' }: { content?: object; status?: ModelStatus } = {},
): Promise<string> {
  const id = newId();
  const [newest] = await em.fork().find(RankingModel, {}, { orderBy: { version: 'desc' }, limit: 1 });
  await em.fork().insert(RankingModel, {
    ...{
      id,
      status,
      content,
      version: (newest?.version ?? 0) + 1,
      source: 'TRAINED',
      importance: importanceOf(HAND_MADE),
    },
    ...{ dataFrom: null, dataTo: null, metrics: {}, createdAt: new Date() },
    ...{ comparedWithId: null, promotedAt: null, promotedBy: null, formerId: null },
  });
  return id;
}

function outcomeOf(list: ShownList, position: number, kind: OutcomeKind, days: number, rating: number | null) {
  const tutor = list.tutors.find((one) => one.position === position);
  if (!tutor) throw new Error(`Nobody was shown at place ${position}`);
  return {
    ...{ id: newId(), kind, rating, sourceId: newId(), tutorId: tutor.tutorId, requestId: list.id },
    ...{
      studentId: list.request.viewerId,
      orderId: list.request.orderId,
      modelId: list.request.modelId,
      variants: null,
    },
    at: new Date(list.request.at.getTime() + days * DAY_MS),
  };
}

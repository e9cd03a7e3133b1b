import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { Random } from '@tutorgraph/kit/demo/random';
import type { OutcomeKind } from '../feedback/feedback.entity.js';
import type { ShownList, ShownTutor } from '../feedback/feedback.js';
import { feedbackId } from '../feedback/feedback-id.js';
import type { MarketApplication, MarketReview } from '../market/market.entity.js';
import { featureRow } from '../ranking/features.js';
import { type ModelContent, rankRows } from '../ranking/ranking-model.js';
import type { Wish } from '../ranking/wish.js';
import { wishOfOrder } from '../results/wish-of-order.js';
import { candidatesOf, type DemoMarket, factsOf, usualOf } from './facts.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** So long a list has its share in what happens. */
const CREDIT_DAYS = 30;
const MOST_SHOWN = 20;
/** How many who post an order have looked around before. */
const LOOKS_BEFORE = 0.5;
/** How likely a profile is opened at the top, by what becomes of the tutor; further down it is less. */
const OPENS = { CHOSEN: 0.97, APPLIED: 0.7, NOTHING: 0.4 } as const;
/** People look at the third place half as often as at the first. */
const POSITION_BIAS = 0.65;

/** Something that became of a tutor of a list. */
export interface DemoOutcome {
  id: string;
  kind: OutcomeKind;
  sourceId: string;
  tutorId: string;
  studentId: string | null;
  orderId: string | null;
  requestId: string | null;
  modelId: string | null;
  variants: Readonly<Record<string, string>> | null;
  rating: number | null;
  at: Date;
}

/** What lists are made of. */
export interface ListMaking {
  seed: number;
  market: DemoMarket;
  applications: readonly MarketApplication[];
  reviews: readonly MarketReview[];
  /** The model that ranks. */
  modelId: string;
  model: ModelContent;
  /** The lists begin here. */
  since: Date;
  /** The variants that somebody had at a moment. */
  variantsOf: (viewerId: string, at: Date) => Readonly<Record<string, string>>;
}

/** Lists that students of the demo have seen, and what came of them. */
export interface DemoFeedback {
  lists: ShownList[];
  outcomes: DemoOutcome[];
}

/** A list for each order, some before it was posted, and everything that then really happened to the tutors. */
export function generateFeedback(making: ListMaking): DemoFeedback {
  const { market, since, seed } = making;
  const lists: ShownList[] = [];
  const outcomes: DemoOutcome[] = [];
  const ofOrder = new Map<string, ShownList>();
  const fates = fatesOf(making);
  for (const order of market.orders) {
    if (order.createdAt < since) continue;
    const random = new Random('shown-lists', seed, order.id);
    const wish = wishOfOrder(order);
    const moments = [new Date(order.createdAt.getTime() + random.integer(1, 40) * MINUTE)];
    if (random.chance(LOOKS_BEFORE)) {
      moments.unshift(new Date(order.createdAt.getTime() - random.integer(30, 4_000) * MINUTE));
    }
    for (const at of moments) {
      const isBefore = at < order.createdAt;
      const list = listOf(making, isBefore ? { ...wish, orderId: null } : wish, at, lists.length);
      if (!list) continue;
      lists.push(list);
      outcomes.push(...openingsOf(list, fates.get(order.id), random));
      if (!isBefore) ofOrder.set(order.id, list);
    }
  }
  return { lists, outcomes: [...outcomes, ...happenings(making, ofOrder)] };
}

/** What became of each tutor of an order. */
function fatesOf({ applications }: ListMaking): Map<string, Map<string, keyof typeof OPENS>> {
  const fates = new Map<string, Map<string, keyof typeof OPENS>>();
  for (const { orderId, tutorId, status } of applications) {
    const ofOrder = fates.get(orderId) ?? new Map();
    fates.set(orderId, ofOrder.set(tutorId, status === 'CHOSEN' ? 'CHOSEN' : 'APPLIED'));
  }
  return fates;
}

function listOf(making: ListMaking, wish: Wish, at: Date, index: number): ShownList | null {
  const { market, model, modelId, seed } = making;
  const candidates = candidatesOf(market, wish, at);
  if (candidates.length === 0 || wish.studentId === null) return null;
  const usual = usualOf(candidates, wish);
  const rows = candidates.map((candidate) => featureRow(factsOf(market, wish, candidate, at), wish, usual, at));
  const ranked = rankRows(model, rows);
  const tutors = candidates
    .map(([{ id: tutorId }], place): Omit<ShownTutor, 'position'> => {
      const { score = 0, chance = 0 } = ranked[place] ?? {};
      return { tutorId, score, chance, features: rows[place] ?? [], explored: false };
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST_SHOWN)
    .map((tutor, place) => ({ ...tutor, position: place + 1 }));
  const { orderId, studentId: viewerId, subjectId, city } = wish;
  const request = {
    ...{ surface: orderId ? ('ORDER' as const) : ('WISH' as const), orderId, viewerId, subjectId, city, modelId },
    ...{ embeddingModel: null, variants: making.variantsOf(viewerId, at), degraded: false },
    ...{ candidateCount: candidates.length, list: 'demo', at },
  };
  return { id: demoId(seed, 'shown-list', index), request, tutors, orders: [] };
}

function openingsOf(
  { id: requestId, request, tutors }: ShownList,
  fates: ReadonlyMap<string, keyof typeof OPENS> | undefined,
  random: Random,
): DemoOutcome[] {
  const { viewerId: studentId, orderId, modelId, variants, at } = request;
  return tutors.flatMap(({ tutorId, position }) => {
    const chance = OPENS[fates?.get(tutorId) ?? 'NOTHING'] / position ** POSITION_BIAS;
    if (!random.chance(chance)) return [];
    const sourceId = feedbackId('opened', requestId, tutorId);
    const moment = new Date(at.getTime() + random.integer(1, 20) * MINUTE);
    return [
      {
        ...{ id: feedbackId('demo', sourceId), kind: 'OPENED', sourceId, tutorId, studentId, orderId, requestId },
        ...{ modelId, variants, rating: null, at: moment },
      } as const,
    ];
  });
}

/** Applications, choices, lessons and reviews, to the credit of the list of their order. */
function happenings(making: ListMaking, ofOrder: ReadonlyMap<string, ShownList>): DemoOutcome[] {
  const { market, applications, reviews, since } = making;
  const orders = new Map(market.orders.map((order) => [order.id, order]));
  const outcomes: DemoOutcome[] = [];
  const add = (kind: OutcomeKind, sourceId: string, what: Omit<Happening, 'list'>): void => {
    if (what.at < since) return;
    const list = what.orderId === null ? undefined : ofOrder.get(what.orderId);
    outcomes.push(outcomeOf(kind, sourceId, { ...what, list }));
  };
  for (const { id, orderId, tutorId, status, createdAt, decidedAt } of applications) {
    const studentId = orders.get(orderId)?.studentId ?? null;
    add('APPLIED', id, { orderId, tutorId, studentId, at: createdAt });
    if (status === 'CHOSEN' && decidedAt) add('CHOSEN', id, { orderId, tutorId, studentId, at: decidedAt });
  }
  const met = new Map<string, { orderId: string | null; studentId: string | null }>();
  for (const { id, orderId = null, tutorId, studentId = null, status, createdAt, completedAt } of market.bookings) {
    if (!['CONFIRMED', 'COMPLETED'].includes(status)) continue;
    const pair = `${studentId} ${tutorId}`;
    add('BOOKED', id, { orderId, tutorId, studentId, at: createdAt });
    if (completedAt && met.has(pair)) add('REPEATED', id, { orderId, tutorId, studentId, at: completedAt });
    if (completedAt) met.set(pair, { orderId, studentId });
  }
  for (const { id, tutorId, authorId: studentId = null, rating, createdAt } of reviews) {
    const orderId = met.get(`${studentId} ${tutorId}`)?.orderId ?? null;
    add('REVIEWED', id, { orderId, tutorId, studentId, rating, at: createdAt });
  }
  return outcomes;
}

interface Happening {
  orderId: string | null;
  tutorId: string;
  studentId: string | null;
  rating?: number | null;
  at: Date;
  list: ShownList | undefined;
}

function outcomeOf(kind: OutcomeKind, sourceId: string, { list, rating = null, ...what }: Happening): DemoOutcome {
  const isCredited =
    list !== undefined &&
    what.at >= list.request.at &&
    what.at.getTime() - list.request.at.getTime() < CREDIT_DAYS * DAY &&
    list.tutors.some(({ tutorId }) => tutorId === what.tutorId);
  const credit = isCredited
    ? { requestId: list.id, modelId: list.request.modelId, variants: list.request.variants }
    : { requestId: null, modelId: null, variants: null };
  return { id: feedbackId('demo', kind, sourceId), kind, sourceId, ...what, ...credit, rating };
}

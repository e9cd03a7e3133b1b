import { createHash } from 'node:crypto';
import { isId, newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { clusterOf } from '../experiments/assignment.rules.js';
import type { Variants } from '../experiments/variants.js';
import type { Feedback } from '../feedback/feedback.js';
import { MarketOrder } from '../market/market.entity.js';
import type { Wish } from '../ranking/wish.js';
import { Degradation, type DegradedPart } from './degraded.js';
import type { Relaxation } from './hard-filter.js';
import type { KeptLists, ListKey } from './kept-lists.js';
import { type Placed, pageOfList, placeOf } from './list-page.rules.js';
import { findStandings } from './list-standing.repository.js';
import type { RankedList, RankedTutor, Recommender } from './recommend.js';
import { type Recommendation, RecommendationView } from './recommendation-view.js';
import { wishInput } from './wish.inputs.js';
import { wishOfInput } from './wish-of-input.js';
import { wishOfOrder } from './wish-of-order.js';

/** A page of recommendations, and how they came about. */
export interface RecommendationPage extends Connection<Recommendation> {
  requestId: string;
  modelVersion: number;
  degradedReasons: readonly DegradedPart[];
  relaxed: readonly Relaxation[];
}

/** What the service is built on. */
interface RecommendationServiceParts {
  recommender: Recommender;
  lists: KeptLists;
  variants: Variants;
  feedback: Feedback;
  logger: Logger;
}

/** Somebody's wish, and what answers it. */
interface Asked {
  wish: Wish;
  /** The student asks; others only look on: what they see is neither logged nor part of an experiment. */
  isOwn: boolean;
  now: Date;
}

/** The list that is shown, and those of it who may be. */
interface ShownList {
  list: RankedList;
  items: readonly Placed<RankedTutor>[];
  variants: Readonly<Record<string, string>>;
  degraded: readonly DegradedPart[];
}

/** Recommending tutors. */
export class RecommendationService {
  constructor(private readonly parts: RecommendationServiceParts) {}

  /** Tutors for an order, for its student and for staff; null for others, and when there is none. @throws BAD_USER_INPUT */
  async forOrder(context: RequestContext, orderId: string, page: PageRequest): Promise<RecommendationPage | null> {
    const order = isId(orderId) ? await context.em.findOne(MarketOrder, orderId) : null;
    if (!order) return null;
    const isOwn = context.isUser(order.studentId);
    if (!(isOwn || context.can('recommendations.results.read'))) return null;
    return this.page(context, { wish: wishOfOrder(order), isOwn, now: new Date() }, page);
  }

  /** Tutors for a wish of the viewer. @throws Refusal INVALID_INPUT; BAD_USER_INPUT */
  forWish(context: RequestContext, input: object, page: PageRequest): Promise<RecommendationPage> {
    const now = new Date();
    const accepted = accept(wishInput, input, context.locale);
    return this.page(context, { wish: wishOfInput(accepted, context.user.userId, now), isOwn: true, now }, page);
  }

  /** A page of nothing, where an input is refused. */
  nothing(): RecommendationPage {
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    const connection = { edges: [], pageInfo, totalCount: async () => 0 };
    return { ...connection, requestId: newId(), modelVersion: 0, degradedReasons: [], relaxed: [] };
  }

  private async page(context: RequestContext, asked: Asked, page: PageRequest): Promise<RecommendationPage> {
    const place = placeOf(page);
    const shown = await this.shown(context, asked, place?.list);
    const { list, items, degraded } = shown;
    const connection = pageOfList(list.id, items, page);
    const requestId = asked.isOwn ? this.log(context, asked, shown, connection) : list.id;
    const view = new RecommendationView(context, asked.wish, list, () =>
      this.parts.recommender.modelOf(context.em, list.model.id, new Degradation(this.parts.logger)),
    );
    return {
      ...connection,
      edges: connection.edges.map(({ cursor, node }) => ({ cursor, node: view.of(node.item) })),
      requestId,
      modelVersion: list.model.version,
      degradedReasons: degraded,
      relaxed: list.relaxed,
    };
  }

  /** @param begun the list in which the viewer pages already */
  private async shown(context: RequestContext, asked: Asked, begun: string | undefined): Promise<ShownList> {
    const { em } = context;
    const { wish } = asked;
    const degradation = new Degradation(this.parts.logger);
    const variants = await this.variants(context, asked, degradation);
    const payload = this.parts.variants.payload(variants);
    const model = await this.parts.recommender.modelOf(em, payload.rankingModelId ?? null, degradation);
    const explores = payload.explorationSlot !== false;
    const name = digest(wish);
    const key = { wish: name, basis: digest([model.id, model.degraded, variants]), orderId: wish.orderId };
    const compute = () =>
      this.parts.recommender.recommend(em, wish, { model, seed: wish.orderId ?? name, explores, now: asked.now });
    const begunList = begun === undefined ? undefined : await this.parts.lists.find(name, begun);
    const { list, items } = begunList
      ? { list: begunList, items: (await this.standing(context, wish, begunList)).items }
      : await this.current(context, wish, key, compute);
    // A list that was made without something is only for those who ask in this moment.
    if (list.degraded.length > 0) await this.parts.lists.drop(key);
    for (const part of list.degraded) degradation.note(part);
    return { list, items, variants, degraded: degradation.parts };
  }

  /** The list that answers the wish now: computed anew when one of its tutors has changed since. */
  private async current(
    context: RequestContext,
    wish: Wish,
    key: ListKey,
    compute: () => Promise<RankedList>,
  ): Promise<Pick<ShownList, 'list' | 'items'>> {
    const answered = await this.parts.lists.answer(key, compute);
    if (answered.isNew) return { list: answered.list, items: placed(answered.list) };
    const { items, hasChanged } = await this.standing(context, wish, answered.list);
    if (!hasChanged) return { list: answered.list, items };
    await this.parts.lists.drop(key);
    const { list } = await this.parts.lists.answer(key, compute);
    return { list, items: placed(list) };
  }

  /** Those of a list who may still be shown, at their places. */
  private async standing(
    { em }: RequestContext,
    { orderId }: Wish,
    list: RankedList,
  ): Promise<{ items: Placed<RankedTutor>[]; hasChanged: boolean }> {
    const ids = list.tutors.map(({ tutorId }) => tutorId);
    const { computedAt: since, embeddingModel } = list;
    const standings = await findStandings(em, ids, { orderId, since, embeddingModel });
    const allowed = new Set(standings.map(({ tutorId }) => tutorId));
    return {
      items: placed(list).filter(({ item }) => allowed.has(item.tutorId)),
      hasChanged: standings.some(({ hasChanged }) => hasChanged),
    };
  }

  private async variants(
    { em }: RequestContext,
    { wish, isOwn }: Asked,
    degradation: Degradation,
  ): Promise<Record<string, string>> {
    if (!isOwn) return {};
    const { variants } = this.parts;
    const own = await variants.of(em, { userId: wish.studentId, cluster: clusterOf(wish.city, wish.subjectId) });
    if (!variants.areKnown) degradation.note('EXPERIMENTS');
    return own;
  }

  /** @returns the id of what is logged */
  private log(
    context: RequestContext,
    { wish, now }: Asked,
    { list, variants, degraded }: ShownList,
    { edges }: Connection<Placed<RankedTutor>>,
  ): string {
    return this.parts.feedback.log(
      {
        surface: wish.orderId === null ? 'WISH' : 'ORDER',
        orderId: wish.orderId,
        viewerId: context.user.userId,
        subjectId: wish.subjectId,
        city: wish.city,
        modelId: list.model.id,
        embeddingModel: list.embeddingModel,
        variants,
        degraded: degraded.length > 0,
        candidateCount: list.candidateCount,
        list: list.id,
        at: now,
      },
      edges.map(({ node: { item, place } }) => ({
        tutorId: item.tutorId,
        position: place + 1,
        score: item.score,
        chance: item.chance,
        features: item.row,
        explored: item.explored,
      })),
    );
  }
}

function placed(list: RankedList): Placed<RankedTutor>[] {
  return list.tutors.map((item, place) => ({ item, place }));
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';

/** Where a list was shown: tutors for an order, for a wish, or like another one; or orders for a tutor to answer. */
export const surfaces = ['ORDER', 'WISH', 'SIMILAR', 'ORDERS'] as const;
/** @see surfaces */
export type Surface = (typeof surfaces)[number];

/** What can become of a tutor who was shown. */
export const outcomeKinds = ['OPENED', 'APPLIED', 'CHOSEN', 'BOOKED', 'REVIEWED', 'REPEATED'] as const;
/** @see outcomeKinds */
export type OutcomeKind = (typeof outcomeKinds)[number];

const RankingRequestSchema = defineEntity({
  name: 'RankingRequest',
  tableName: 'ranking_requests',
  indexes: [
    // Rankers and figures of health read those of students only; the others are many, and kept for a shorter time.
    {
      name: 'ranking_requests_ranked',
      expression: `create index ranking_requests_ranked on recommendations.ranking_requests (created_at, id) include (model_id) where surface in ('ORDER', 'WISH')`,
    },
    {
      name: 'ranking_requests_beside',
      expression: `create index ranking_requests_beside on recommendations.ranking_requests (created_at, id) where surface in ('SIMILAR', 'ORDERS')`,
    },
    { name: 'ranking_requests_of_order', properties: ['orderId', 'createdAt'] },
    { name: 'ranking_requests_of_viewer', properties: ['viewerId', 'createdAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    surface: p.enum(surfaces).$type<Surface>(),
    orderId: p.uuid().nullable(),
    /** The account that was answered; null when nobody was known. */
    viewerId: p.uuid().nullable(),
    subjectId: p.uuid().nullable(),
    /** In lower case. */
    city: p.text().nullable(),
    /** The model that ranked; null where none does: how alike tutors are is not learned. */
    modelId: p.uuid().nullable(),
    /** What embedded the texts that were compared; null when none were. */
    embeddingModel: p.text().nullable(),
    /** The variants that the viewer had, by experiment id. */
    variants: p.json<Record<string, string>>(),
    /** Did something fail, so that the list was only a sensible one? */
    degraded: p.boolean(),
    candidateCount: p.integer(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A list that was computed for somebody. */
export class RankingRequest extends RankingRequestSchema.class {}
RankingRequestSchema.setClass(RankingRequest);

const ImpressionSchema = defineEntity({
  name: 'Impression',
  tableName: 'impressions',
  indexes: [{ name: 'impressions_of_tutor', properties: ['tutorId', 'shownAt'] }],
  properties: {
    requestId: () => p.manyToOne(RankingRequest).mapToPk().fieldName('request_id').deleteRule('cascade').primary(),
    tutorId: p.uuid().primary(),
    /** 1 at the top. */
    position: p.integer(),
    score: p.float().columnType('real'),
    /** The chance of success that was told, 0 to 1; null where none was. */
    chance: p.float().columnType('real').nullable(),
    /** As featureRow gives them. NaN: not known. */
    features: p.array().columnType('real[]').$type<number[]>(),
    /** Was the tutor put there to learn more about them? */
    explored: p.boolean(),
    shownAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor who was shown at a place of a list. */
export class Impression extends ImpressionSchema.class {
  declare [PrimaryKeyProp]?: ['requestId', 'tutorId'];
}
ImpressionSchema.setClass(Impression);

const OrderImpressionSchema = defineEntity({
  name: 'OrderImpression',
  tableName: 'order_impressions',
  properties: {
    requestId: () => p.manyToOne(RankingRequest).mapToPk().fieldName('request_id').deleteRule('cascade').primary(),
    orderId: p.uuid().primary(),
    /** 1 at the top. */
    position: p.integer(),
    /** What it was worth to answer; compared within the list only. */
    score: p.float().columnType('real'),
    /** The chance to be chosen that was told, 0 to 1. */
    chance: p.float().columnType('real'),
    shownAt: p.datetime().columnType('timestamptz'),
    /** When the tutor first looked at it out of this list; null when they did not. */
    openedAt: p.datetime().columnType('timestamptz').nullable(),
    /** When the tutor applied to it, having seen it here last; null when they did not. */
    answeredAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** An order that was shown to a tutor at a place of a list: apart from tutors who were shown, so that no figure of these mixes both. */
export class OrderImpression extends OrderImpressionSchema.class {
  declare [PrimaryKeyProp]?: ['requestId', 'orderId'];
}
OrderImpressionSchema.setClass(OrderImpression);

const OutcomeSchema = defineEntity({
  name: 'Outcome',
  tableName: 'outcomes',
  indexes: [
    { name: 'outcomes_of_request', properties: ['requestId', 'tutorId'] },
    { name: 'outcomes_newest', properties: ['at', 'id'] },
    { name: 'outcomes_of_student', properties: ['studentId'] },
  ],
  uniques: [{ name: 'outcomes_once', properties: ['kind', 'sourceId'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(outcomeKinds).$type<OutcomeKind>(),
    /** What happened: the application, booking or review; for OPENED an id made of request and tutor. */
    sourceId: p.uuid(),
    tutorId: p.uuid(),
    /** The student's account; null when they are erased, or nobody was known. */
    studentId: p.uuid().nullable(),
    orderId: p.uuid().nullable(),
    /** The list in which the tutor was last shown to the student before; null when there was none. */
    requestId: p.uuid().nullable(),
    /** Of that list. */
    modelId: p.uuid().nullable(),
    variants: p.json<Record<string, string>>().nullable(),
    /** REVIEWED: the rating, 1 to 5; null otherwise. */
    rating: p.integer().nullable(),
    at: p.datetime().columnType('timestamptz'),
  },
});

/** What became of a tutor who was shown, or would have been. */
export class Outcome extends OutcomeSchema.class {}
OutcomeSchema.setClass(Outcome);

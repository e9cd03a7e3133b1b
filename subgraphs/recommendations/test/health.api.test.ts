import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Impression, Outcome, type OutcomeKind, RankingRequest } from '../src/feedback/feedback.entity.js';
import { dayOf, shifted } from '../src/health/days.js';
import { ModelDay, ModelReference } from '../src/health/health.entity.js';
import type { MarketTutor } from '../src/market/market.entity.js';
import { FEATURE_NAMES } from '../src/ranking/features.js';
import { RankingModel } from '../src/ranking/ranking-model.entity.js';
import { PlantedMarket } from './planted-market.js';

const SHARE = '{ share low high count of }';
const PERFORMANCE = `query ($from: Date!, $to: Date!, $modelId: ID) {
  modelPerformance(from: $from, to: $to, modelId: $modelId) {
    from to settledUntil lists shown degraded ${SHARE} ndcg ndcgLists accuracy ${SHARE} clickThrough ${SHARE} choices ${SHARE}
    bookingConversion ${SHARE} places { place opened ${SHARE} succeeded ${SHARE} }
    coverage { tutors ${SHARE} gini } calibration { error bins { count told real ${SHARE} } }
    drift { score features { feature index } isTraining } model { id version }
    days { day lists ndcg clickThrough ${SHARE} bookingConversion ${SHARE} coverage ${SHARE} drift }
  }
}`;
const FAIRNESS = `query ($from: Date!, $to: Date!) { recommendationFairness(from: $from, to: $to) {
  from to withheldCities newcomers { tutors toSupply { ratio } } others { tutors supplyShare exposureShare outcomeShare }
  cities { city group { tutors toSupply { ratio low high } toOutcomes { ratio } } } } }`;

const TODAY = dayOf(new Date());
let market: PlantedMarket;
let admin: TestPerson;
let supervisor: TestPerson;
let student: TestPerson;
let modelId: string;

beforeAll(async () => {
  market = await PlantedMarket.open();
  admin = await market.graph.person('ADMIN');
  supervisor = await market.graph.person('SUPERVISOR');
  student = await market.graph.person('STUDENT');
  modelId = (await market.em.findOneOrFail(RankingModel, { status: 'RUNNING' })).id;
});
afterAll(() => market?.close());
beforeEach(() =>
  market.em.execute(
    `truncate recommendations.model_alerts, recommendations.model_days, recommendations.model_references,
       recommendations.exposure_days, recommendations.outcomes, recommendations.ranking_requests, recommendations.tutors
       cascade`,
  ),
);

interface Shown {
  tutorId: string;
  chance?: number | null;
  score?: number;
  features?: number[];
  /** What came of it, so many days later. */
  became?: readonly (readonly [kind: OutcomeKind, days: number, rating?: number])[];
}

/** Of modelPerformance what is looked at more closely. */
interface Figures {
  lists: number;
  ndcg: number;
  places: unknown[];
  coverage: { gini: number };
  calibration: { error: number; bins: unknown[] };
  drift: { score: number; isTraining: boolean; features: { feature: string; index: number }[] };
  days: { lists: number; drift: number | null }[];
}

const usual = FEATURE_NAMES.map((_, index) => index / 10);

/** A list on a day, at noon, from the top down. */
async function list(day: string, shown: readonly Shown[], more: Partial<RankingRequest> = {}): Promise<string> {
  const em = market.em;
  const at = new Date(`${day}T12:00:00Z`);
  const request = em.create(RankingRequest, {
    ...{ id: newId(), surface: 'ORDER', orderId: newId(), viewerId: newId(), subjectId: newId(), city: null, modelId },
    ...{ embeddingModel: null, variants: {}, degraded: false, candidateCount: shown.length, createdAt: at },
    ...more,
  });
  for (const [
    index,
    { tutorId, chance = null, score = 1 / (index + 1), features = usual, became = [] },
  ] of shown.entries()) {
    em.create(Impression, {
      ...{ requestId: request.id, tutorId, position: index + 1, score, chance, features, explored: false, shownAt: at },
    });
    for (const [kind, days, rating = null] of became) {
      em.create(Outcome, {
        ...{ id: newId(), kind, sourceId: newId(), tutorId, studentId: null, orderId: null, requestId: request.id },
        ...{ modelId, variants: null, rating, at: new Date(at.getTime() + days * 86_400_000) },
      });
    }
  }
  await em.flush();
  return request.id;
}

const day = (ago: number) => shifted(TODAY, -ago);
const count = (from: string, to = from) => market.runJob('count-model-days', { from, to });

async function performance(from: string, to = from, more: object = {}): Promise<Figures> {
  const { data, errors } = await market.ask(PERFORMANCE, { from, to, ...more }, supervisor);
  expect(errors).toBeUndefined();
  return data['modelPerformance'] as Figures;
}

async function tutors(howMany: number, more: Partial<MarketTutor> = {}): Promise<string[]> {
  return Promise.all(Array.from({ length: howMany }, () => market.tutor(more)));
}

describe('how well a model does', () => {
  it('is counted from lists and what came of them', async () => {
    const [a = '', b = '', c = ''] = await tutors(5);
    // NDCG 1: what was best stood first.
    await list(day(3), [
      {
        tutorId: a,
        chance: 0.9,
        became: [
          ['OPENED', 0],
          ['CHOSEN', 1],
          ['BOOKED', 2],
        ],
      },
      { tutorId: b, chance: 0.1, became: [['OPENED', 0]] },
      { tutorId: c, chance: 0.1 },
    ]);
    // A choice in the second place: 3 / log2(3) of 3.
    await list(day(3), [
      { tutorId: a, chance: 0.5 },
      { tutorId: b, chance: 0.5, became: [['CHOSEN', 1]] },
    ]);
    // Nothing came of it, and it was only a sensible one.
    await list(day(3), [{ tutorId: a }], { degraded: true });
    // Of lists for tutors, and of tutors beside a profile, nothing is counted.
    await list(day(3), [{ tutorId: a, became: [['OPENED', 0]] }], { surface: 'ORDERS' });
    await list(day(3), [{ tutorId: a, became: [['OPENED', 0]] }], { surface: 'SIMILAR' });
    await count(day(3));
    const figures = await performance(day(3));
    expect(figures).toMatchObject({
      ...{ from: day(3), to: day(3), settledUntil: day(22), lists: 3, shown: 6, ndcgLists: 2, model: { id: modelId } },
      degraded: { count: 1, of: 3 },
      accuracy: { count: 2, of: 2 },
      clickThrough: { count: 1, of: 3 },
      choices: { count: 2, of: 3 },
      bookingConversion: { count: 1, of: 3 },
      coverage: { tutors: { count: 3, of: 5 } },
      drift: null,
    });
    expect(figures.ndcg).toBeCloseTo((1 + 1 / Math.log2(3)) / 2, 6);
    expect(figures.places.slice(0, 3)).toMatchObject([
      { place: 1, opened: { count: 1, of: 3 }, succeeded: { count: 1, of: 3 } },
      { place: 2, opened: { count: 1, of: 2 }, succeeded: { count: 1, of: 2 } },
      { place: 3, opened: { count: 0, of: 1 } },
    ]);
    expect(figures.places).toHaveLength(11);
    expect(figures.places[10]).toEqual({ place: 11, opened: null, succeeded: null });
    // 0.9 against 1, twice 0.1 against nothing, twice 0.5 against one.
    expect(figures.calibration.error).toBeCloseTo((0.1 + 0.2 + 0) / 5, 6);
    expect(figures.calibration.bins[9]).toMatchObject({ count: 1, real: { count: 1, of: 1 } });
    // Seen: a 3, b 2 / log2(3), c 1 / 2 and two never; by the formula of sorted values.
    const seen = [0, 0, 0.5, 2 / Math.log2(3), 3];
    const all = seen.reduce((total, one) => total + one, 0);
    const gini = seen.reduce((total, one, index) => total + 2 * (index + 1) * one, 0) / (5 * all) - 6 / 5;
    expect(figures.coverage.gini).toBeCloseTo(gini, 6);
    expect(figures.days).toMatchObject([{ day: day(3), lists: 3, drift: null }]);
  });

  it('has no day on which a model ranked nothing but orders for tutors', async () => {
    await list(day(3), [], { surface: 'ORDERS' });
    await count(day(3));
    expect(await market.em.count(ModelDay, { modelId })).toBe(0);
  });

  it('is the same however often it is counted, and follows what comes later', async () => {
    const [a = ''] = await tutors(2);
    const requestId = await list(day(2), [{ tutorId: a }]);
    await count(day(2));
    await count(day(2));
    const before = await performance(day(2));
    expect(before).toMatchObject({ lists: 1, ndcg: null, accuracy: null, choices: { count: 0 } });
    const em = market.em;
    em.create(Outcome, {
      ...{ id: newId(), kind: 'CHOSEN', sourceId: newId(), tutorId: a, studentId: null, orderId: null, requestId },
      ...{ modelId, variants: null, rating: null, at: new Date(`${day(1)}T00:00:00Z`) },
    });
    await em.flush();
    await market.runJob('count-model-days');
    expect(await performance(day(2))).toMatchObject({ lists: 1, ndcg: 1, choices: { count: 1 } });
    expect((await performance(day(30), TODAY)).lists).toBe(1);
  });

  it('is counted of days that nobody counted, too', async () => {
    const [a = ''] = await tutors(1);
    for (const ago of [200, 90]) await list(day(ago), [{ tutorId: a }]);
    await list(day(80), [{ tutorId: a }], { modelId: newId() });
    await market.runJob('count-model-today');
    expect((await performance(day(300), TODAY)).days).toMatchObject([{ day: day(200) }, { day: day(90) }]);
  });

  it('leaves out what comes too late, and takes a lesson that was reviewed badly for none', async () => {
    const [a = '', b = ''] = await tutors(2);
    await list(day(60), [{ tutorId: a, became: [['BOOKED', 22]] }]);
    await list(day(60), [
      {
        tutorId: b,
        became: [
          ['BOOKED', 1],
          ['REVIEWED', 3, 1],
        ],
      },
    ]);
    await count(day(60));
    expect(await performance(day(60))).toMatchObject({ lists: 2, choices: { count: 0 }, ndcgLists: 1 });
  });

  it('adds up over days', async () => {
    const [a = ''] = await tutors(1);
    for (const ago of [3, 2, 2]) await list(day(ago), [{ tutorId: a, became: ago === 3 ? [['OPENED', 0]] : [] }]);
    await count(day(3), day(2));
    const figures = await performance(day(3), day(2));
    expect(figures).toMatchObject({ lists: 3, clickThrough: { count: 1, of: 3 } });
    expect(figures.days.map((one) => one.lists)).toEqual([1, 2]);
  });

  it('is for those who may see models, of models that there are, for spans that are not too long', async () => {
    const span = { from: day(1), to: TODAY };
    expect((await market.ask(PERFORMANCE, span, student)).codes).toEqual(['FORBIDDEN']);
    expect((await market.ask(PERFORMANCE, span)).codes).toEqual(['UNAUTHENTICATED']);
    for (const unknown of [newId(), 'nothing']) {
      expect(await performance(day(1), TODAY, { modelId: unknown })).toBeNull();
    }
    expect(await performance(day(1), TODAY, { modelId })).toMatchObject({ lists: 0, coverage: null, days: [] });
    for (const [from, to] of [
      [TODAY, day(1)],
      [day(400), TODAY],
    ]) {
      expect((await market.ask(PERFORMANCE, { from, to }, admin)).codes).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('takes the same few statements for many days as for one', async () => {
    const [a = ''] = await tutors(1);
    for (const ago of [5, 4, 3, 2, 1]) await list(day(ago), [{ tutorId: a }]);
    await count(day(5), day(1));
    const statements = async (from: string) => {
      const { result, statements: made } = await withStatements(() => performance(from, TODAY));
      return { days: result.days.length, count: made.length };
    };
    expect(await statements(day(1))).toEqual({ days: 1, count: 4 });
    expect(await statements(day(5))).toEqual({ days: 5, count: 4 });
  });
});

describe('drift', () => {
  it('is how far features and scores are from the first week of a model', async () => {
    const [a = ''] = await tutors(1);
    const features = (shift: number, step: number) => usual.map((value, index) => (index === 3 ? step + shift : value));
    for (let step = 0; step < 60; step++) {
      await list(day(20 - (step % 7)), [{ tutorId: a, score: step, features: features(0, step) }]);
      await list(day(2), [{ tutorId: a, score: step, features: features(step < 30 ? 100 : 0, step) }]);
    }
    await count(day(20), day(14));
    await count(day(2));
    const { drift, days } = await performance(day(2));
    expect(drift.isTraining).toBe(false);
    expect(drift.score).toBeCloseTo(0, 6);
    const [worst, ...others] = drift.features;
    expect(worst).toMatchObject({ feature: FEATURE_NAMES[3] });
    expect(worst?.index).toBeGreaterThan(0.25);
    expect(Math.max(...others.map(({ index }) => index))).toBeLessThan(0.01);
    expect(days[0]?.drift).toBe(worst?.index);
    // What it is used to stays, whatever comes.
    const before = await market.em.findOneOrFail(ModelReference, { modelId });
    await count(day(2));
    expect(await market.em.findOneOrFail(ModelReference, { modelId })).toEqual(before);
  });

  it('is from the days of training where there were any, and sees values that are not known any more', async () => {
    const [a = ''] = await tutors(1);
    await market.em.nativeUpdate(
      RankingModel,
      { id: modelId },
      { dataFrom: new Date(day(90)), dataTo: new Date(day(60)) },
    );
    const unknown = usual.map((value, index) => (index === 5 ? Number.NaN : value));
    const other = newId();
    for (let step = 0; step < 60; step++) {
      await list(day(70), [{ tutorId: a, features: usual }], { modelId: other });
      await list(day(10), [{ tutorId: a, features: unknown }]);
    }
    await count(day(10));
    await count(day(10));
    const { drift } = await performance(day(10));
    expect(drift).toMatchObject({ isTraining: true });
    expect(drift.features[0]).toMatchObject({ feature: FEATURE_NAMES[5] });
    expect(drift.features[0]?.index).toBeGreaterThan(5);
    expect(drift.features[1]?.index).toBe(0);
    await market.em.nativeUpdate(RankingModel, { id: modelId }, { dataFrom: null, dataTo: null });
  });
});

describe('fairness', () => {
  it('is how much newcomers and cities are shown, by their share of tutors', async () => {
    const recent = new Date(`${day(10)}T00:00:00Z`);
    const riga = await tutors(20, { city: 'riga', createdAt: recent });
    const online = await tutors(60);
    await tutors(3, { city: 'paide' });
    // One newcomer at the top for each three others: 1 of 1 + 0.63 + 0.5 + 0.43.
    for (const [index, tutorId] of riga.entries()) {
      const others = online.slice(index * 3, index * 3 + 3).map((id) => ({ tutorId: id }));
      await list(day(1), [{ tutorId, became: [['CHOSEN', 0]] }, ...others]);
    }
    await count(day(1));
    const { data } = await market.ask(FAIRNESS, { from: day(1), to: day(1) }, supervisor);
    const share = 1 / (1 + 1 / Math.log2(3) + 0.5 + 1 / Math.log2(5));
    expect(data['recommendationFairness']).toMatchObject({
      ...{ from: day(1), to: day(1), withheldCities: 1 },
      newcomers: { tutors: 20, toSupply: { ratio: expect.closeTo(share / (20 / 83), 6) } },
      others: { tutors: 63, exposureShare: expect.closeTo(1 - share, 6), outcomeShare: 0 },
      cities: [
        { city: null, group: { tutors: 60 } },
        { city: 'riga', group: { tutors: 20, toOutcomes: { ratio: expect.closeTo(share, 6) } } },
      ],
    });
    expect((await market.ask(FAIRNESS, { from: day(1), to: day(1) }, student)).codes).toEqual(['FORBIDDEN']);
  });
});

import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkAlerts } from '../src/health/alerting.js';
import { dayOf, shifted } from '../src/health/days.js';
import { ModelAlert, ModelDay } from '../src/health/health.entity.js';
import { recommendationsPrivacy } from '../src/privacy/recommendations-privacy.js';
import { RankingModel } from '../src/ranking/ranking-model.entity.js';
import { PlantedMarket } from './planted-market.js';

const ALERTS = `query ($open: Boolean, $first: Int) { modelAlerts(open: $open, first: $first) {
  totalCount edges { node { id kind subject value bound raisedAt closedAt acknowledgedAt model { version } } } } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeModelAlert(input: { alertId: $id }) {
  alert { id acknowledgedAt } userErrors { code } } }`;

const TODAY = dayOf(new Date());
const day = (ago: number) => shifted(TODAY, -ago);
let market: PlantedMarket;
let admin: TestPerson;
let supervisor: TestPerson;
let modelId: string;

beforeAll(async () => {
  market = await PlantedMarket.open();
  admin = await market.graph.person('ADMIN');
  supervisor = await market.graph.person('SUPERVISOR');
  modelId = (await market.em.findOneOrFail(RankingModel, { status: 'RUNNING' })).id;
});
afterAll(() => market?.close());
beforeEach(() => market.em.execute('truncate recommendations.model_alerts, recommendations.model_days'));

interface Alerts {
  totalCount: number;
  edges: { node: { id: string; closedAt: string | null } }[];
}

describe('alerts', () => {
  const plantDay = async (ago: number, openedLists: number) => {
    const em = market.em;
    em.create(ModelDay, {
      ...{ modelId, day: day(ago), lists: 100, degraded: 0, shown: 100, openedLists, successLists: 0, bookedLists: 0 },
      ...{ hits: 0, ndcgSum: 0, ndcgLists: 0, places: [], chances: [], features: {}, scores: [] },
      ...{ visibleTutors: 100, shownTutors: 90, gini: null, computedAt: new Date() },
    });
    await em.flush();
  };
  const fall = async () => {
    for (let ago = 1; ago <= 35; ago++) await plantDay(ago, ago <= 7 ? 10 : 40);
  };
  const check = () => checkAlerts(market.em, new Date());
  const raised = async () => {
    const found = await market.em.execute<{ count: number }[]>(
      `select count(*)::int as count from recommendations.outbox where event ->> 'type' = 'tutorgraph.recommendations.model.alert-raised.v1'`,
    );
    return found[0]?.count ?? 0;
  };
  const alerts = async (variables: object = {}): Promise<Alerts> => {
    const { data, errors } = await market.ask(ALERTS, variables, supervisor);
    expect(errors).toBeUndefined();
    return data['modelAlerts'] as Alerts;
  };

  it('are raised once while they are open, told of as events, and closed when the figure is well again', async () => {
    await fall();
    const before = await raised();
    await check();
    await check();
    await Promise.all([check(), check()]);
    expect(await raised()).toBe(before + 1);
    const { edges } = await alerts({ open: true });
    expect(edges).toMatchObject([
      { node: { kind: 'CLICK_THROUGH', value: 0.25, bound: 0.7, closedAt: null, acknowledgedAt: null } },
    ]);
    await market.em.nativeUpdate(ModelDay, { day: { $gte: day(7) } }, { openedLists: 29 });
    await check();
    expect((await alerts({ open: true })).edges).toMatchObject([{ node: { value: expect.closeTo(0.725, 9) } }]);
    await market.em.nativeUpdate(ModelDay, { day: { $gte: day(7) } }, { openedLists: 39 });
    await check();
    expect((await alerts({ open: true })).totalCount).toBe(0);
    expect((await alerts({ open: false })).totalCount).toBe(1);
    await market.em.nativeUpdate(ModelDay, { day: { $gte: day(7) } }, { openedLists: 1 });
    await check();
    expect(await raised()).toBe(before + 2);
    expect((await alerts()).edges.map(({ node }) => !node.closedAt)).toEqual([true, false]);
  });

  it('end with the model', async () => {
    await fall();
    await check();
    const next = newId();
    await market.em.nativeUpdate(RankingModel, { id: modelId }, { status: 'RETIRED' });
    await market.em.execute(
      `insert into recommendations.ranking_models (id, version, source, status, content, metrics, created_at)
       select ?, 9999, source, 'RUNNING', content, metrics, now() from recommendations.ranking_models where id = ?`,
      [next, modelId],
    );
    await check();
    expect((await alerts({ open: true })).totalCount).toBe(0);
    await market.em.nativeDelete(RankingModel, { id: next });
    await market.em.nativeUpdate(RankingModel, { id: modelId }, { status: 'RUNNING' });
  });

  it('are acknowledged once, by whoever manages models, of whom nothing stays that is erased', async () => {
    await fall();
    await check();
    const id = (await alerts()).edges[0]?.node.id ?? '';
    const acknowledge = (alertId: string, person: TestPerson) => market.ask(ACKNOWLEDGE, { id: alertId }, person);
    expect((await acknowledge(id, supervisor)).codes).toEqual(['FORBIDDEN']);
    const { data: first } = await acknowledge(id, admin);
    expect(first['acknowledgeModelAlert']).toMatchObject({ alert: { id }, userErrors: [] });
    const other = await market.graph.person('ADMIN');
    expect((await acknowledge(id, other)).data).toEqual(first);
    for (const [unknown, code] of [
      [newId(), 'NOT_FOUND'],
      ['nothing', 'INVALID_INPUT'],
    ] as const) {
      const { data } = await acknowledge(unknown, admin);
      expect(data['acknowledgeModelAlert']).toMatchObject({ alert: null, userErrors: [{ code }] });
    }
    const collected = await recommendationsPrivacy.collect(market.em, admin.userId);
    expect(collected.sections['modelAlerts']).toMatchObject([{ kind: 'CLICK_THROUGH' }]);
    await transaction(market.em, (tx) => recommendationsPrivacy.erase(tx, admin.userId));
    expect(await market.em.findOneOrFail(ModelAlert, { id })).toMatchObject({
      acknowledgedBy: null,
      acknowledgedAt: expect.any(Date),
    });
  });

  it('take the same statements for many as for one', async () => {
    const em = market.em;
    for (let index = 0; index < 5; index++) {
      em.create(ModelAlert, {
        ...{ id: newId(), modelId, kind: 'DRIFT', subject: 'age', value: 1, bound: 0.25, raisedAt: new Date() },
        ...{ closedAt: new Date(), acknowledgedAt: null, acknowledgedBy: null },
      });
    }
    await em.flush();
    const statements = async (first: number) =>
      (await withStatements(async () => expect((await alerts({ first })).edges).toHaveLength(first))).statements.length;
    expect(await statements(5)).toBe(await statements(1));
  });
});

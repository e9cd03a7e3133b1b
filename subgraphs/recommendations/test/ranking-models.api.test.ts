import { newId } from '@tutorgraph/kit/database/id';
import { openSignals } from '@tutorgraph/kit/signals/signals';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recommendationsPrivacy } from '../src/privacy/recommendations-privacy.js';
import { beginRanking } from '../src/ranking/begin-ranking.js';
import { RankingModel } from '../src/ranking/ranking-model.entity.js';
import { HAND_MADE } from '../src/ranking/ranking-model.js';
import { RunningModel } from '../src/ranking/running-model.js';
import { addModel } from './ranking-lab.js';
import { roomEm } from './scene.js';

const MODEL = `id version source status dataFrom promotedAt promotedBy { id } metrics { ndcg }
  featureImportance { feature share }`;
const PROMOTE = `mutation ($input: PromoteRankingModelInput!) { promoteRankingModel(input: $input) {
  model { ${MODEL} } userErrors { code field message } } }`;
const ROLL_BACK = `mutation { rollBackRankingModel { model { ${MODEL} } userErrors { code } } }`;
const TRAIN = 'mutation { trainRankingModel { modelId userErrors { code } } }';

interface Model {
  id: string;
  version: number;
  status: string;
  promotedBy: { id: string } | null;
  featureImportance: { feature: string; share: number }[];
}

let graph: TestGraph;
let admin: TestPerson;
let supervisor: TestPerson;
let student: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'recommendations']);
  [admin, supervisor, student] = await Promise.all([
    graph.person('ADMIN'),
    graph.person('SUPERVISOR'),
    graph.person('STUDENT'),
  ]);
});
afterAll(() => graph.close());

const em = () => roomEm(graph);
const run = (query: string, variables: object = {}, person = admin) =>
  graph.run('recommendations', query, variables, person);
const running = () => em().findOneOrFail(RankingModel, { status: 'RUNNING' }, { populate: ['content'] });

async function changed(query: string, variables: object = {}) {
  const { data } = await run(query, variables);
  const [payload] = Object.values(data);
  return payload as { model: Model | null; userErrors: { code: string; message: string }[] };
}

const promote = (id: string) => changed(PROMOTE, { input: { id } });

/** The model that ranks for whoever asks now. */
async function ranksNow(): Promise<number> {
  const query = `query ($input: WishInput!) { recommendedTutorsFor(input: $input) { modelVersion } }`;
  const input = { subjectId: newId(), level: 'EXAM', format: 'ONLINE' };
  const { data, errors } = await run(query, { input }, student);
  expect(errors).toBeUndefined();
  return (data['recommendedTutorsFor'] as { modelVersion: number }).modelVersion;
}

async function told(type: string, subject: string): Promise<{ data: Record<string, unknown> }[]> {
  const rows = await em().execute<{ event: { data: Record<string, unknown> } }[]>(
    `select event from recommendations.outbox where event ->> 'type' like ? and event ->> 'subject' = ? order by sequence`,
    [`%${type}%`, subject],
  );
  return rows.map(({ event }) => event);
}

describe('the hand-made model', () => {
  it('runs from the first start on, once, however many processes start', async () => {
    await Promise.all([1, 2, 3].map(() => beginRanking(em())));
    const models = await em().find(RankingModel, { status: 'RUNNING' }, { populate: ['content'] });
    expect(models).toMatchObject([{ source: 'HAND_MADE', content: HAND_MADE }]);
    // A database that an older version has begun holds that one's, too.
    const { version = 0 } = models[0] ?? {};
    expect(await em().count(RankingModel, { version: { $gte: version } })).toBe(1);
  });

  it('is made once where processes start at once and none runs', async () => {
    await em().nativeDelete(RankingModel, {});
    await Promise.all(Array.from({ length: 6 }, () => beginRanking(em())));
    expect(await em().find(RankingModel, {})).toMatchObject([{ version: 1, status: 'RUNNING' }]);
  });

  it('is that of this version of the program after an update', async () => {
    const old = await running();
    await em().nativeUpdate(RankingModel, { id: old.id }, { content: { kind: 'WEIGHTED', of: 'an older version' } });
    await Promise.all([1, 2, 3].map(() => beginRanking(em())));
    const now = await running();
    expect(now).toMatchObject({ version: old.version + 1, content: HAND_MADE });
    expect(await told('model.promoted', now.id)).toMatchObject([{ data: { formerId: old.id } }]);
  });
});

describe('ranking models', () => {
  it('are shown to staff with what they look at, and to nobody else', async () => {
    const { id } = await running();
    const query = `query ($id: ID!) { rankingModel(id: $id) { ${MODEL} } rankingModels(first: 5) { edges { node { id } } } }`;
    const { data } = await run(query, { id }, supervisor);
    const model = data['rankingModel'] as Model;
    expect(model).toMatchObject({ id, status: 'RUNNING', source: 'HAND_MADE', metrics: null, promotedBy: null });
    expect(model.featureImportance[0]?.share).toBeGreaterThan(model.featureImportance.at(-1)?.share ?? 1);
    expect(data['rankingModels']).toMatchObject({ edges: expect.arrayContaining([{ node: { id } }]) });
    expect((await run(query, { id }, student)).codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect((await run(query, { id: 'no id' }, supervisor)).data['rankingModel']).toBeNull();
  });

  it('rank at once when staff lets them, which is told and written down', async () => {
    const former = await running();
    expect(await ranksNow()).toBe(former.version);
    const id = await addModel(em());
    expect((await run(PROMOTE, { input: { id } }, supervisor)).codes).toEqual(['FORBIDDEN']);
    const { model } = await promote(id);
    expect(model).toMatchObject({ id, status: 'RUNNING', promotedBy: { id: admin.userId } });
    expect(await ranksNow()).toBe(model?.version);
    expect(await told('model.promoted', id)).toMatchObject([{ data: { formerId: former.id } }]);
    expect(await told('staff-action', id)).toMatchObject([
      { data: { action: 'recommendations.ranking-model.promote' } },
    ]);
    await promote(id);
    expect(await told('model.promoted', id)).toHaveLength(1);
  });

  it('go back one by one to what ran before', async () => {
    const first = await running();
    const [second, third] = [await addModel(em()), await addModel(em())];
    await promote(second);
    await promote(third);
    expect((await run(ROLL_BACK, {}, supervisor)).codes).toEqual(['FORBIDDEN']);
    expect((await changed(ROLL_BACK)).model).toMatchObject({ id: second, promotedBy: { id: admin.userId } });
    expect((await changed(ROLL_BACK)).model).toMatchObject({ id: first.id });
    expect(await ranksNow()).toBe(first.version);
    expect(await told('staff-action', first.id)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ data: expect.objectContaining({ resourceId: first.id }) })]),
    );
    await em().nativeUpdate(RankingModel, { id: first.id }, { formerId: null });
    expect(await changed(ROLL_BACK)).toMatchObject({ model: null, userErrors: [{ code: 'NO_FORMER_MODEL' }] });
  });

  it('do not rank when this version cannot read them, or there are none', async () => {
    const id = await addModel(em(), { content: { kind: 'FORESTS' } });
    expect(await promote(id)).toMatchObject({ model: null, userErrors: [{ code: 'MODEL_UNREADABLE' }] });
    expect(await promote(newId())).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await promote('no id')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('are one at a time, however many are let in at once', async () => {
    const made: string[] = [];
    for (let count = 0; count < 3; count++) made.push(await addModel(em()));
    const payloads = await Promise.all([...made, ...made].map((id) => promote(id)));
    expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const now = await em().find(RankingModel, { status: 'RUNNING' });
    expect(now).toHaveLength(1);
    // Whoever was let in is retired or runs; each but the first knows whom it replaced.
    const all = await em().find(RankingModel, { id: { $in: made } });
    expect(all.map(({ status }) => status).sort()).toEqual(['RETIRED', 'RETIRED', 'RUNNING']);
    expect(all.every(({ formerId }) => formerId !== null)).toBe(true);
  });

  it('are trained when staff asks for it', async () => {
    expect((await run(TRAIN, {}, supervisor)).codes).toEqual(['FORBIDDEN']);
    const { data } = await run(TRAIN);
    const { modelId, userErrors } = data['trainRankingModel'] as { modelId: string; userErrors: object[] };
    expect(userErrors).toEqual([]);
    expect(await told('staff-action', modelId)).toHaveLength(1);
  });

  it('forget who let them in when that person is erased', async () => {
    const id = await addModel(em());
    await promote(id);
    const { sections } = await recommendationsPrivacy.collect(em(), admin.userId);
    expect(sections['promotedModels']).toEqual(expect.arrayContaining([expect.objectContaining({ id })]));
    await em().transactional((tx) => recommendationsPrivacy.erase(tx, admin.userId));
    expect(await em().count(RankingModel, { promotedBy: admin.userId })).toBe(0);
  });
});

describe('the model that runs', () => {
  it('is the hand-made one in place of one that cannot be read, and says so', async () => {
    const signals = await openSignals({ room: 'recommendations', logger: silentLogger });
    const models = new RunningModel({ signals, logger: silentLogger });
    const { id } = await running();
    await em().nativeUpdate(RankingModel, { id }, { content: { kind: 'FORESTS' } });
    expect(await models.current(em())).toMatchObject({ id, degraded: true, content: HAND_MADE });
    expect(await models.named(em(), newId())).toBeNull();
    const other = await addModel(em());
    expect(await models.named(em(), other)).toMatchObject({ id: other, degraded: false });
    await em().nativeUpdate(RankingModel, { id }, { content: HAND_MADE });
    models.changed();
    expect(await models.current(em())).toMatchObject({ id, degraded: false });
    await signals.close();
  });
});

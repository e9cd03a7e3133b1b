import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory } from './laboratory.js';

let lab: Laboratory;

beforeAll(async () => {
  lab = await Laboratory.open();
});

afterAll(() => lab?.close());

describe('making an experiment', () => {
  it('makes a draft with its variants and metrics, audited, that assigns nobody', async () => {
    const id = await lab.draft({ name: 'first-of-all', exclusionGroup: 'ranking', rangeTo: 5_000 });
    const query = `query ($id: ID!) { experiment(id: $id) { name status unit exclusionGroup rangeFrom rangeTo expectedLift
      ramp { afterHours share } owner { id } variants { key share payload } metrics { key kind better role harm most } } }`;
    const { data } = await lab.run(query, { id });
    expect(data['experiment']).toEqual({
      ...{
        name: 'first-of-all',
        status: 'DRAFT',
        unit: 'USER',
        exclusionGroup: 'ranking',
        rangeFrom: 0,
        rangeTo: 5_000,
      },
      ...{ expectedLift: 0.1, ramp: [{ afterHours: 0, share: 10_000 }], owner: { id: lab.admin.userId } },
      variants: [
        { key: 'control', share: 5_000, payload: {} },
        { key: 'learned', share: 5_000, payload: { explorationSlot: false } },
      ],
      metrics: [
        { key: 'booked', kind: 'PROPORTION', better: 'HIGHER', role: 'PRIMARY', harm: null, most: 1 },
        { key: 'clicked', kind: 'MEAN', better: 'HIGHER', role: 'SECONDARY', harm: null, most: 10 },
      ],
    });
    expect(await lab.told(id)).toMatchObject([{ data: { action: 'recommendations.experiment.create' } }]);
    expect(await lab.variantOf('first-of-all', lab.admin)).toMatchObject({ variant: 'control', payload: {} });
    expect(await lab.resultsOf(id)).toBeNull();
  });

  const control = { key: 'control', share: 5_000 };
  it.each([
    ['shares that are not all of it', { variants: [control, { key: 'b', share: 4_999 }] }, 'input.variants'],
    ['no control', { variants: ['a', 'b'].map((key) => ({ key, share: 5_000 })) }, 'input.variants'],
    ['a variant twice', { variants: [control, control] }, 'input.variants'],
    ['no primary metric', { metrics: [{ key: 'booked', kind: 'MEAN', role: 'SECONDARY' }] }, 'input.metrics'],
    [
      'a guardrail without a bound',
      { metrics: [{ key: 'booked', kind: 'MEAN', role: 'GUARDRAIL' }] },
      'input.metrics.0.harm',
    ],
    ['a part of no group', { rangeTo: 5_000 }, 'input.exclusionGroup'],
    ['an empty range', { exclusionGroup: 'abc', rangeFrom: 10, rangeTo: 10 }, 'input.rangeTo'],
    [
      'a ramp that shrinks',
      {
        ramp: [
          { afterHours: 0, share: 100 },
          { afterHours: 1, share: 50 },
        ],
      },
      'input.ramp',
    ],
    ['a name that is none', { name: 'No Name' }, 'input.name'],
    [
      'a payload that is too long',
      { variants: [control, { ...control, key: 'b', payload: { a: 'x'.repeat(5_000) } }] },
      'input.variants.1.payload',
    ],
  ])('refuses %s', async (_, changes, field) => {
    const { refused, fields } = await lab.mutate('createExperiment', lab.wanted(changes));
    expect(new Set(refused)).toEqual(new Set(['INVALID_INPUT']));
    expect(fields).toContain(field);
  });

  it('refuses a model that nobody has, and a name that is taken', async () => {
    const variants = [control, { key: 'b', share: 5_000, payload: { rankingModelId: newId() } }];
    expect(await lab.mutate('createExperiment', lab.wanted({ variants }))).toMatchObject({ refused: ['NOT_FOUND'] });
    await lab.draft({ name: 'taken' });
    const again = await lab.mutate('createExperiment', lab.wanted({ name: 'taken' }));
    expect(again).toMatchObject({ refused: ['EXPERIMENT_NAME_TAKEN'], fields: ['input.name'] });
  });

  it('is done once for a key', async () => {
    const input = { ...lab.wanted(), idempotencyKey: 'once' };
    const [first, second] = [await lab.mutate('createExperiment', input), await lab.mutate('createExperiment', input)];
    expect(second.payload['experiment']).toEqual(first.payload['experiment']);
    const other = await lab.mutate('createExperiment', { ...lab.wanted(), idempotencyKey: 'once' });
    expect(other.refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('is for administrators; supervisors may look', async () => {
    const [supervisor, student] = [await lab.graph.person('SUPERVISOR'), await lab.person()];
    const id = await lab.draft();
    expect((await lab.mutate('startExperiment', { experimentId: id }, supervisor)).codes).toEqual(['FORBIDDEN']);
    const query = 'query ($id: ID!) { experiment(id: $id) { id } experimentResults(id: $id) { countedAt } }';
    expect((await lab.run(query, { id }, supervisor)).data).toMatchObject({ experiment: { id } });
    expect((await lab.run(query, { id }, student)).codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('is listed, the newest first, by status, in statements that do not grow', async () => {
    const query = `query ($first: Int!) { experiments(first: $first, filter: { statuses: [DRAFT] }) { edges { node {
      id status variants { key } metrics { key } } } } }`;
    const ids = [await lab.draft(), await lab.draft()].reverse();
    const count = async (first: number) => {
      const { result, statements } = await withStatements(() => lab.run(query, { first }));
      return { nodes: (result.data['experiments'] as { edges: { node: { id: string } }[] }).edges, statements };
    };
    const [few, many] = [await count(2), await count(5)];
    expect(few.nodes.map(({ node }) => node.id)).toEqual(ids);
    expect(many.statements).toHaveLength(few.statements.length);
  });
});

describe('the life of an experiment', () => {
  it('goes from draft over running and paused to completed, and tells so', async () => {
    const id = await lab.draft();
    const move = async (field: string, input: object = {}) => {
      const { payload, refused } = await lab.mutate(field, { experimentId: id, ...input });
      return refused[0] ?? (payload['experiment'] as { status: string }).status;
    };
    expect(await move('pauseExperiment')).toBe('EXPERIMENT_STATUS');
    expect(await move('completeExperiment')).toBe('EXPERIMENT_STATUS');
    expect(await move('startExperiment')).toBe('RUNNING');
    expect(await move('startExperiment')).toBe('EXPERIMENT_STATUS');
    expect(await move('pauseExperiment')).toBe('PAUSED');
    expect(await move('startExperiment')).toBe('RUNNING');
    expect(await move('completeExperiment', { winner: 'nobody' })).toBe('NOT_FOUND');
    expect(await move('completeExperiment', { winner: 'learned' })).toBe('COMPLETED');
    for (const field of ['startExperiment', 'pauseExperiment', 'completeExperiment']) {
      expect(await move(field)).toBe('EXPERIMENT_STATUS');
    }
    const told = (await lab.told(id)).filter(({ type }) => type.startsWith('experiment.'));
    expect(told.map(({ type }) => type)).toEqual([
      ...['experiment.started', 'experiment.paused', 'experiment.started', 'experiment.completed'],
    ]);
    expect(told[1]?.data).toEqual({ byGuardrail: false });
  });

  it('goes on with its ramp where it paused', async () => {
    const id = await lab.draft({ ramp: [{ afterHours: 0, share: 100 }] });
    await lab.mutate('startExperiment', { experimentId: id });
    await lab.mutate('pauseExperiment', { experimentId: id });
    await lab.sql(
      `update recommendations.experiments set started_at = started_at - interval '30 hours',
        ramp_from = ramp_from - interval '30 hours', paused_at = paused_at - interval '20 hours' where id = ?`,
      [id],
    );
    await lab.mutate('startExperiment', { experimentId: id });
    const [row] = await lab.sql<{ hours: number }>(
      'select extract(epoch from now() - ramp_from)::float / 3600 as hours from recommendations.experiments where id = ?',
      [id],
    );
    expect(row?.hours).toBeCloseTo(10, 1);
  });

  const ramp = [
    { afterHours: 0, share: 100 },
    { afterHours: 1_000, share: 10_000 },
  ];
  const EXPERIMENT = 'experiment { currentShare ramp { afterHours share } }';
  const rampUp = async (experimentId: string, share: number, more: object = {}) => {
    const { payload, refused } = await lab.mutate(
      'rampExperiment',
      { experimentId, share, ...more },
      lab.admin,
      EXPERIMENT,
    );
    return refused[0] ?? (payload['experiment'] as { currentShare: number; ramp: { share: number }[] });
  };

  it('lets more take part when staff says so, whoever is in with the variant that they have, audited', async () => {
    const { id, name } = await lab.started({ ramp: [{ afterHours: 0, share: 5_000 }] });
    const people = await Promise.all(Array.from({ length: 16 }, () => lab.person()));
    const ask = () => Promise.all(people.map(async (person) => (await lab.variantOf(name, person)).variant));
    const units = async () => (await lab.resultsOf(id))?.variants.reduce((sum, one) => sum + one.units, 0);
    const [before, few] = [await ask(), await units()];
    expect(await rampUp(id, 10_000)).toMatchObject({ currentShare: 10_000 });
    const after = await ask();
    expect(after.map((variant, index) => before[index] === 'learned' && variant)).toEqual(
      before.map((variant) => variant === 'learned' && 'learned'),
    );
    expect(await units()).toBe(16);
    expect(few).toBeLessThan(16);
    const audited = (await lab.told(id)).at(-1);
    expect(audited?.data).toMatchObject({ action: 'recommendations.experiment.ramp', fields: ['ramp'] });
  });

  it('is ramped up or held, never down, while it runs or is paused', async () => {
    const draft = await lab.draft({ ramp });
    expect(await rampUp(draft, 200)).toBe('EXPERIMENT_STATUS');
    expect(await rampUp(newId(), 200)).toBe('NOT_FOUND');
    const { id } = await lab.started({ ramp });
    expect(await rampUp(id, 0)).toBe('INVALID_INPUT');
    expect(await rampUp(id, 99)).toBe('EXPERIMENT_RAMP_SHRINKS');
    expect(await rampUp(id, 300)).toMatchObject({
      currentShare: 300,
      ramp: [{ share: 100 }, { share: 300 }, { afterHours: 1_000, share: 10_000 }],
    });
    await lab.mutate('pauseExperiment', { experimentId: id });
    expect(await rampUp(id, 300, { keepsSteps: false })).toMatchObject({ ramp: [{ share: 100 }, { share: 300 }] });
    expect(await rampUp(id, 400)).toMatchObject({ currentShare: 400 });
    await lab.mutate('startExperiment', { experimentId: id });
    expect(await rampUp(id, 399)).toBe('EXPERIMENT_RAMP_SHRINKS');
    await lab.mutate('completeExperiment', { experimentId: id });
    expect(await rampUp(id, 500)).toBe('EXPERIMENT_STATUS');
  });

  it('keeps experiments of a group apart: in units, and in what units are', async () => {
    const first = await lab.draft({ exclusionGroup: 'apart', rangeTo: 5_000 });
    const beside = await lab.draft({ exclusionGroup: 'apart', rangeFrom: 5_000 });
    const across = await lab.draft({ exclusionGroup: 'apart', rangeFrom: 4_999, rangeTo: 5_000 });
    const clusters = await lab.draft({ exclusionGroup: 'apart', rangeFrom: 9_999, unit: 'CLUSTER' });
    const start = async (experimentId: string) => (await lab.mutate('startExperiment', { experimentId })).refused;
    expect(await start(first)).toEqual([]);
    expect(await start(across)).toEqual(['EXPERIMENTS_OVERLAP']);
    expect(await start(clusters)).toEqual(['EXPERIMENTS_OVERLAP']);
    expect(await start(beside)).toEqual([]);
    await lab.mutate('pauseExperiment', { experimentId: first });
    expect(await start(across)).toEqual(['EXPERIMENTS_OVERLAP']);
    await lab.mutate('completeExperiment', { experimentId: first });
    expect(await start(across)).toEqual([]);
  });
});

describe('a variant', () => {
  it('is control where there is no such experiment, it does not run, or not for the viewer', async () => {
    const person = await lab.person();
    const nobody = { variant: 'control', payload: {} };
    expect(await lab.variantOf('nothing-like-it', person)).toEqual({ experiment: 'nothing-like-it', ...nobody });
    const { id, name } = await lab.started({ ramp: [{ afterHours: 1, share: 10_000 }] });
    expect(await lab.variantOf(name, person)).toMatchObject(nobody);
    expect((await lab.resultsOf(id))?.variants.map(({ units }) => units)).toEqual([0, 0]);
  });

  it('stays the same, and is control during a pause', async () => {
    const { id, name } = await lab.started();
    const people = await Promise.all(Array.from({ length: 12 }, () => lab.person()));
    const ask = async () =>
      (await Promise.all(people.map((person) => lab.variantOf(name, person)))).map((one) => one.variant);
    const variants = await ask();
    expect(await ask()).toEqual(variants);
    await lab.mutate('pauseExperiment', { experimentId: id });
    expect(new Set(await ask())).toEqual(new Set(['control']));
    await lab.mutate('startExperiment', { experimentId: id });
    expect(await ask()).toEqual(variants);
    const found = await lab.resultsOf(id);
    expect(found?.variants.map(({ units }) => units)).toEqual(
      ['control', 'learned'].map((key) => variants.filter((variant) => variant === key).length),
    );
  });

  it('says what it does', async () => {
    const all = [
      { key: 'learned', share: 9_999, payload: { explorationSlot: false, colour: 'blue' } },
      { key: 'control', share: 1 },
    ];
    const { name } = await lab.started({ variants: all });
    expect(await lab.variantOf(name, await lab.person())).toEqual({
      ...{ experiment: name, variant: 'learned', payload: { explorationSlot: false, colour: 'blue' } },
    });
  });

  it('of a market is the same for all who look there, and control without a market', async () => {
    const { id, name } = await lab.started({ unit: 'CLUSTER' });
    const [one, other] = [await lab.person(), await lab.person()];
    const subjectId = newId();
    const place = { subjectId, city: 'Казань ' };
    expect(await lab.variantOf(name, one)).toMatchObject({ variant: 'control', payload: {} });
    const [first, second] = [
      await lab.variantOf(name, one, place),
      await lab.variantOf(name, other, { subjectId, city: 'Kazan' }),
    ];
    expect(first).toEqual(second);
    const mine = (await lab.resultsOf(id))?.variants.find(({ key }) => key === first.variant);
    expect(mine).toMatchObject({ units: 1, people: 2 });
  });
});

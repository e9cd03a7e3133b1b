import { newId } from '@tutorgraph/kit/database/id';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory } from './laboratory.js';

/** On an embedded database transactions come one after another. */
describe.runIf(isRealPostgres())('at once (runs when DATABASE_URL is set)', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open();
  });

  afterAll(() => lab?.close());

  const told = async (id: string) =>
    (await lab.told(id)).map(({ type }) => type).filter((type) => type.startsWith('experiment.'));

  it('started five times an experiment starts once', async () => {
    const experimentId = await lab.draft();
    const started = await Promise.all(Array.from({ length: 5 }, () => lab.mutate('startExperiment', { experimentId })));
    const refused = started.flatMap((outcome) => outcome.refused);
    expect(refused).toEqual(Array(4).fill('EXPERIMENT_STATUS'));
    expect(await told(experimentId)).toEqual(['experiment.started']);
  });

  it('ramped up by several at once an experiment has the greatest share, and whoever asked for less is told', async () => {
    const { id } = await lab.started({ ramp: [{ afterHours: 0, share: 100 }] });
    const wanted = [400, 200, 500, 300];
    const outcomes = await Promise.all(
      wanted.map((share) => lab.mutate('rampExperiment', { experimentId: id, share }, lab.admin, 'experiment { id }')),
    );
    const refused = outcomes.flatMap((outcome) => outcome.refused);
    expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['EXPERIMENT_RAMP_SHRINKS'] : []));
    const { data } = await lab.run('query ($id: ID!) { experiment(id: $id) { currentShare ramp { share } } }', { id });
    const found = data['experiment'] as { currentShare: number; ramp: unknown[] };
    expect(found.currentShare).toBe(500);
    expect(found.ramp).toHaveLength(1 + wanted.length - refused.length);
  });

  it('of experiments that want the same units one starts', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const exclusionGroup = `race-${turn}`;
      const ranges = [0, 2_000, 4_000].map((rangeFrom) => ({ exclusionGroup, rangeFrom, rangeTo: 6_000 }));
      const ids = await Promise.all(ranges.map((range) => lab.draft(range)));
      const started = await Promise.all(ids.map((experimentId) => lab.mutate('startExperiment', { experimentId })));
      expect(started.flatMap(({ refused }) => refused)).toEqual(Array(2).fill('EXPERIMENTS_OVERLAP'));
    }
  });

  it('completed by staff while a guardrail pauses it, an experiment is completed', async () => {
    const metrics = [
      { key: 'clicked', kind: 'PROPORTION', role: 'PRIMARY' },
      { key: 'booked', kind: 'PROPORTION', role: 'GUARDRAIL', harm: 0.05 },
    ];
    for (let turn = 0; turn < 4; turn++) {
      const { id } = await lab.started({ metrics });
      await lab.plant(id, 'control', 1_000, 500, 'booked');
      await lab.plant(id, 'learned', 1_000, 100, 'booked');
      await Promise.all([lab.runJob('watch-experiments'), lab.mutate('completeExperiment', { experimentId: id })]);
      const [row] = await lab.sql<{ status: string }>('select status from recommendations.experiments where id = ?', [
        id,
      ]);
      expect(row?.status).toBe('COMPLETED');
      expect((await told(id)).at(-1)).toBe('experiment.completed');
    }
  });

  it('a guardrail that two processes find crossed pauses once', async () => {
    const metrics = [{ key: 'booked', kind: 'PROPORTION', role: 'PRIMARY' }];
    const guarded = [...metrics, { key: 'clicked', kind: 'PROPORTION', role: 'GUARDRAIL', harm: 0 }];
    const { id } = await lab.started({ metrics: guarded });
    await lab.plant(id, 'control', 1_000, 500, 'clicked');
    await lab.plant(id, 'learned', 1_000, 100, 'clicked');
    await Promise.all(Array.from({ length: 3 }, () => lab.runJob('watch-experiments')));
    expect(await told(id)).toEqual(['experiment.started', 'experiment.paused']);
  });

  it('a conversion that is told ten times with one key counts once', async () => {
    const { id, name } = await lab.started();
    const person = await lab.person();
    await lab.variantOf(name, person);
    const key = newId();
    const tracked = await Promise.all(
      Array.from({ length: 10 }, () => lab.track(name, person, { idempotencyKey: key })),
    );
    expect(tracked.map(({ counted }) => counted)).toEqual(Array(10).fill(true));
    const rows = await lab.sql(
      `select 1 from recommendations.experiment_conversions c
         join recommendations.experiment_exposures x on x.id = c.exposure_id where x.experiment_id = ?`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  it('an experiment that is made twice under one name is made once', async () => {
    const input = lab.wanted({ name: 'made-twice' });
    const made = await Promise.all([1, 2, 3].map(() => lab.mutate('createExperiment', input)));
    expect(made.flatMap(({ refused }) => refused)).toEqual(Array(2).fill('EXPERIMENT_NAME_TAKEN'));
  });
});

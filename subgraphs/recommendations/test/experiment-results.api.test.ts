import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetUnits } from '../src/experiments/forget-units.js';
import { recommendationsPrivacy } from '../src/privacy/recommendations-privacy.js';
import { Laboratory } from './laboratory.js';

let lab: Laboratory;

beforeAll(async () => {
  lab = await Laboratory.open();
});

afterAll(() => lab?.close());

describe('a conversion', () => {
  it('counts once for a key, after the viewer met the experiment', async () => {
    const { id, name } = await lab.started();
    const person = await lab.person();
    expect(await lab.track(name, person)).toMatchObject({ counted: false, refused: [] });
    const { variant } = await lab.variantOf(name, person);
    for (const value of [3, 4])
      expect((await lab.track(name, person, { idempotencyKey: 'a', value })).counted).toBe(true);
    await lab.track(name, person, { value: 2 });
    const own = (await lab.resultsOf(id))?.variants.find(({ key }) => key === variant);
    expect(own?.metrics.find(({ key }) => key === 'clicked')).toMatchObject({ conversions: 2, convertedUnits: 1 });
    const [sum] = await lab.sql<{ sum: number }>(
      `select sum(c.value)::float as sum from recommendations.experiment_conversions c
         join recommendations.experiment_metrics m on m.id = c.metric_id where m.experiment_id = ?`,
      [id],
    );
    expect(sum?.sum).toBe(5);
  });

  it('is refused of what nobody declared, of outcomes, beyond bounds and of drafts', async () => {
    const { name } = await lab.started();
    const person = await lab.person();
    await lab.variantOf(name, person);
    expect(await lab.track('nothing-like-it', person)).toMatchObject({
      refused: ['NOT_FOUND'],
      fields: ['input.experiment'],
    });
    expect(await lab.track(name, person, { metric: 'other' })).toMatchObject({ fields: ['input.metric'] });
    expect(await lab.track(name, person, { metric: 'booked' })).toMatchObject({ fields: ['input.metric'] });
    expect(await lab.track(name, person, { value: 11 })).toMatchObject({
      refused: ['INVALID_INPUT'],
      fields: ['input.value'],
    });
    expect(await lab.track(name, person, { value: -1 })).toMatchObject({ refused: ['INVALID_INPUT'] });
    await lab.draft({ name: 'still-a-draft' });
    expect(await lab.track('still-a-draft', person)).toMatchObject({ refused: ['NOT_FOUND'] });
  });

  it('does not count while the experiment is paused, nor beyond a thousand of one unit', async () => {
    const { id, name } = await lab.started();
    const person = await lab.person();
    await lab.variantOf(name, person);
    await lab.sql(
      `insert into recommendations.experiment_conversions (id, exposure_id, metric_id, value, key, at)
       select gen_random_uuid(), x.id, m.id, 1, n::text, now() from generate_series(1, 1000) n
         join recommendations.experiment_exposures x on x.experiment_id = ? and x.unit = ?
         join recommendations.experiment_metrics m on m.experiment_id = x.experiment_id and m.key = 'clicked'`,
      [id, person.userId],
    );
    expect((await lab.track(name, person)).counted).toBe(false);
    const other = await lab.person();
    await lab.variantOf(name, other);
    await lab.mutate('pauseExperiment', { experimentId: id });
    expect((await lab.track(name, other)).counted).toBe(false);
  });

  it('in a market is of the one that the viewer met last', async () => {
    const { id, name } = await lab.started({ unit: 'CLUSTER' });
    const person = await lab.person();
    const subjects = [newId(), newId()];
    for (const subjectId of subjects) await lab.variantOf(name, person, { subjectId });
    expect((await lab.track(name, person)).counted).toBe(true);
    const rows = await lab.sql<{ unit: string }>(
      `select x.unit from recommendations.experiment_conversions c
         join recommendations.experiment_exposures x on x.id = c.exposure_id where x.experiment_id = ?`,
      [id],
    );
    expect(rows).toEqual([{ unit: `online:${subjects[1]}` }]);
  });
});

describe('outcomes of recommendations', () => {
  /** Something became of a list that was shown with a variant. */
  const outcome = (row: { kind: string; studentId: string; variants: object; requestId?: string; hoursAgo?: number }) =>
    lab.sql(
      `insert into recommendations.outcomes (id, kind, source_id, tutor_id, student_id, request_id, variants, at)
       values (?, ?, gen_random_uuid(), gen_random_uuid(), ?, ?, ?::jsonb, now() - make_interval(hours => ?))`,
      [newId(), row.kind, row.studentId, row.requestId ?? null, JSON.stringify(row.variants), row.hoursAgo ?? 0],
    );

  it('are counted by themselves: once, after the viewer met the experiment, with the variant that they have', async () => {
    const { id, name } = await lab.started();
    const person = await lab.person();
    const { variant } = await lab.variantOf(name, person);
    const other = variant === 'control' ? 'learned' : 'control';
    const counted = { studentId: person.userId, variants: { [id]: variant } };
    await outcome({ ...counted, kind: 'BOOKED' });
    await outcome({ ...counted, kind: 'BOOKED', hoursAgo: 1 });
    await outcome({ ...counted, kind: 'CHOSEN' });
    await outcome({ ...counted, kind: 'BOOKED', variants: { [id]: other } });
    await outcome({ ...counted, kind: 'BOOKED', studentId: newId() });
    for (let turn = 0; turn < 2; turn++) await lab.runJob('watch-experiments');
    const found = await lab.resultsOf(id);
    const booked = (key: string) =>
      found?.variants.find((one) => one.key === key)?.metrics.find((metric) => metric.key === 'booked')?.conversions;
    expect([booked(variant), booked(other)]).toEqual([1, 0]);
    expect(found?.countedAt).not.toBeNull();
  });

  it('of a market are counted where the list was shown', async () => {
    const { id, name } = await lab.started({ unit: 'CLUSTER' });
    const person = await lab.person();
    const [subjectId, requestId] = [newId(), newId()];
    const { variant } = await lab.variantOf(name, person, { subjectId, city: 'riga' });
    await lab.sql(
      `insert into recommendations.ranking_requests (id, surface, viewer_id, subject_id, city, model_id, variants, degraded,
         candidate_count, created_at) values (?, 'WISH', ?, ?, 'riga', ?, '{}', false, 1, now())`,
      [requestId, person.userId, subjectId, newId()],
    );
    const variants = { [id]: variant };
    await outcome({ kind: 'BOOKED', studentId: person.userId, variants, requestId });
    await outcome({ kind: 'BOOKED', studentId: person.userId, variants });
    await lab.runJob('watch-experiments');
    const own = (await lab.resultsOf(id))?.variants.find(({ key }) => key === variant);
    expect(own?.metrics[0]).toMatchObject({ key: 'booked', conversions: 1, convertedUnits: 1, mean: null });
  });
});

describe('results', () => {
  it('compare variants with control, and see whether units came as they should', async () => {
    const { id } = await lab.started();
    await lab.plant(id, 'control', 4_000, 400, 'booked');
    await lab.plant(id, 'learned', 4_000, 600, 'booked');
    const found = await lab.resultsOf(id);
    expect(found?.sampleRatio).toEqual({ verdict: 'BALANCED', pValue: 1 });
    expect(found?.variants).toMatchObject([
      { key: 'control', units: 4_000, people: 4_000, metrics: [{ mean: 0.1, lift: null }, {}] },
      {
        key: 'learned',
        metrics: [
          { mean: 0.15, lift: { lift: expect.closeTo(0.5, 8) } },
          { conversions: 0, lift: null },
        ],
      },
    ]);
    await lab.plant(id, 'learned', 1_000, 0, 'booked');
    expect((await lab.resultsOf(id))?.sampleRatio.verdict).toBe('MISMATCHED');
  });

  it('are found in as many statements however many units there are', async () => {
    const { id } = await lab.started();
    const count = async () => (await withStatements(() => lab.resultsOf(id))).statements.length;
    const before = await count();
    await lab.plant(id, 'learned', 500, 100, 'booked');
    expect(await count()).toBe(before);
  });

  it('that surely cross a guardrail pause the experiment, which says why', async () => {
    const metrics = [
      { key: 'clicked', kind: 'PROPORTION', role: 'PRIMARY' },
      { key: 'booked', kind: 'PROPORTION', role: 'GUARDRAIL', harm: 0.05 },
    ];
    const { id, name } = await lab.started({ metrics });
    await lab.plant(id, 'control', 3_000, 600, 'booked');
    await lab.plant(id, 'learned', 3_000, 570, 'booked');
    await lab.runJob('watch-experiments');
    expect(await statusOf(id)).toMatchObject({ status: 'RUNNING', breach: null });
    await lab.plant(id, 'learned', 3_000, 300, 'booked');
    await lab.plant(id, 'control', 3_000, 600, 'booked');
    await lab.runJob('watch-experiments');
    const breach = { metric: 'booked', variant: 'learned', upper: expect.any(Number) };
    expect(await statusOf(id)).toMatchObject({ status: 'PAUSED', breach });
    expect((await lab.told(id)).at(-1)).toEqual({ type: 'experiment.paused', data: { byGuardrail: true } });
    expect((await lab.variantOf(name, await lab.person())).variant).toBe('control');
  });
});

describe('who took part', () => {
  const forget = async (id: string, daysOver: number) => {
    await lab.sql(
      'update recommendations.experiments set completed_at = now() - make_interval(days => ?) where id = ?',
      [daysOver, id],
    );
    await lab.runJob('forget-units');
  };
  const rowsOf = async (id: string) =>
    Promise.all(
      [
        'select id from recommendations.experiment_exposures where experiment_id = ?',
        'select c.id from recommendations.experiment_conversions c join recommendations.experiment_metrics m on m.id = c.metric_id where m.experiment_id = ?',
      ].map(async (statement) => (await lab.sql(statement, [id])).length),
    );
  const metrics = [
    { key: 'booked', kind: 'PROPORTION', role: 'PRIMARY' },
    { key: 'clicked', kind: 'MEAN', role: 'GUARDRAIL', harm: 0.1 },
  ];

  it('is forgotten 400 days after the end, and what was found stays to the last digit', async () => {
    const { id } = await lab.started({ metrics });
    await lab.plant(id, 'control', 450, 60, 'booked');
    await lab.plant(id, 'learned', 400, 90, 'booked');
    await lab.plant(id, 'learned', 50, 20, 'clicked');
    await lab.mutate('completeExperiment', { experimentId: id, winner: 'learned' });
    const before = await lab.resultsOf(id);
    await forget(id, 399);
    expect(await rowsOf(id)).toEqual([900, 170]);
    await forget(id, 401);
    expect(await rowsOf(id)).toEqual([0, 0]);
    expect(await lab.resultsOf(id)).toEqual(before);
    await lab.runJob('forget-units');
    expect(await lab.resultsOf(id)).toEqual(before);
  });

  it('of a market too, and a run that is cut off is gone on with', async () => {
    const { id, name } = await lab.started({ unit: 'CLUSTER', metrics });
    const person = await lab.person();
    for (const subjectId of [newId(), newId(), newId()]) await lab.variantOf(name, person, { subjectId });
    await lab.mutate('completeExperiment', { experimentId: id });
    const before = await lab.resultsOf(id);
    const cut = new AbortController();
    cut.abort();
    await forgetUnits(lab.em, id, { batch: 1, signal: cut.signal });
    expect([(await rowsOf(id))[0], await lab.resultsOf(id)]).toEqual([3, before]);
    await lab.sql(
      'delete from recommendations.experiment_exposures where id = (select min(id::text)::uuid from recommendations.experiment_exposures where experiment_id = ?)',
      [id],
    );
    expect(await lab.resultsOf(id)).toEqual(before);
    await forget(id, 401);
    expect([(await rowsOf(id))[0], await lab.resultsOf(id)]).toEqual([0, before]);
  });

  it('is not forgotten while the experiment is at work, however long that is', async () => {
    const { id } = await lab.started();
    await lab.plant(id, 'control', 3, 1, 'booked');
    await lab.sql(`update recommendations.experiments set started_at = now() - interval '900 days' where id = ?`, [id]);
    await lab.runJob('forget-units');
    expect(await rowsOf(id)).toEqual([3, 1]);
  });
});

describe('results across a share that was changed by hand', () => {
  const metrics = [
    { key: 'clicked', kind: 'PROPORTION', role: 'PRIMARY' },
    { key: 'booked', kind: 'PROPORTION', role: 'GUARDRAIL', harm: 0.05 },
  ];
  const shares = [
    { key: 'control', share: 8_000 },
    { key: 'learned', share: 2_000 },
  ];

  it('judge all units by the shares of variants, and pause by a guardrail that those who came later cross', async () => {
    const { id } = await lab.started({ metrics, variants: shares, ramp: [{ afterHours: 0, share: 500 }] });
    const plant = async (units: number, learned: number) => {
      await lab.plant(id, 'control', units * 4, units * 2, 'booked');
      await lab.plant(id, 'learned', units, learned, 'booked');
    };
    await plant(500, 250);
    await lab.mutate('rampExperiment', { experimentId: id, share: 5_000 });
    await lab.runJob('watch-experiments');
    expect(await statusOf(id)).toMatchObject({ status: 'RUNNING', breach: null });
    await plant(4_500, 1_350);
    expect((await lab.resultsOf(id))?.sampleRatio).toEqual({ verdict: 'BALANCED', pValue: 1 });
    await lab.runJob('watch-experiments');
    expect(await statusOf(id)).toMatchObject({ status: 'PAUSED', breach: { metric: 'booked', variant: 'learned' } });
    // Who came in other shares after it than before is seen, however well all began.
    await lab.plant(id, 'learned', 1_000, 0, 'booked');
    expect((await lab.resultsOf(id))?.sampleRatio.verdict).toBe('MISMATCHED');
  });
});

describe('somebody', () => {
  it('gets all that experiments hold of them, and is no more in it when they are erased', async () => {
    const [{ id, name }, markets] = [await lab.started(), await lab.started({ unit: 'CLUSTER' })];
    const person = await lab.person();
    const subjectId = newId();
    const { variant } = await lab.variantOf(name, person);
    const market = await lab.variantOf(markets.name, person, { subjectId });
    await lab.track(name, person, { idempotencyKey: `of-${person.userId}`, value: 2 });
    await lab.track(markets.name, person);
    const collected = await recommendationsPrivacy.collect(lab.em, person.userId);
    const when = { metAt: expect.anything() };
    expect(collected.sections['experiments']).toMatchObject([
      { ...when, experiment: name, variant, conversions: [{ metric: 'clicked', value: 2 }] },
      { ...when, experiment: markets.name, variant: market.variant, conversions: [{ metric: 'clicked' }] },
    ]);

    await lab.runJob('watch-experiments');
    const before = [await lab.resultsOf(id), await lab.resultsOf(markets.id)];
    for (let turn = 0; turn < 2; turn++) {
      await transaction(lab.em, (tx) => recommendationsPrivacy.erase(tx, person.userId));
    }
    expect([await lab.resultsOf(id), await lab.resultsOf(markets.id)]).toEqual(before);
    expect((await recommendationsPrivacy.collect(lab.em, person.userId)).sections['experiments']).toEqual([]);
    const tables = ['experiment_exposures', 'experiment_participants', 'experiment_conversions'];
    for (const table of tables) {
      const rows = await lab.sql(`select 1 from recommendations.${table} t where t::text like ?`, [
        `%${person.userId}%`,
      ]);
      expect(rows).toEqual([]);
    }
  });
});

async function statusOf(id: string): Promise<unknown> {
  const { data } = await lab.run(
    'query ($id: ID!) { experiment(id: $id) { status breach { metric variant upper } } }',
    { id },
  );
  return data['experiment'];
}

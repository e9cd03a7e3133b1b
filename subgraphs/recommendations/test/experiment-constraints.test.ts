import { newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Experiment, ExperimentMetric, ExperimentVariant } from '../src/experiments/experiment.entity.js';
import { ExperimentExposure } from '../src/experiments/exposure.entity.js';
import { Laboratory } from './laboratory.js';

let lab: Laboratory;
let running: string;
let draft: string;

beforeAll(async () => {
  lab = await Laboratory.open();
  ({ id: running } = await lab.started({ exclusionGroup: 'constraints', rangeTo: 5_000 }));
  await lab.plant(running, 'learned', 1, 1, 'clicked');
});

beforeEach(async () => {
  draft = await lab.draft();
});

afterAll(() => lab?.close());

const refusal = (work: Promise<unknown>) => work.then(() => 'nothing', violatedConstraint);
const change = (statement: string) => refusal(lab.sql(`update recommendations.${statement}`));

describe('the database keeps experiments in order by itself:', () => {
  it.each([
    ['experiments_name_check', `experiments set name = 'No Name' where status = 'DRAFT'`],
    ['experiments_range_check', `experiments set range_to = 10001 where status = 'DRAFT'`],
    ['experiments_range_check', `experiments set range_from = range_to where status = 'DRAFT'`],
    ['experiments_expected_lift_check', `experiments set expected_lift = 0 where status = 'DRAFT'`],
    ['experiments_started_check', `experiments set started_at = null, ramp_from = null where status = 'RUNNING'`],
    ['experiments_ramp_check', `experiments set ramp_from = null where status = 'RUNNING'`],
    ['experiments_paused_check', `experiments set status = 'PAUSED' where status = 'RUNNING'`],
    ['experiments_breach_check', `experiments set breach = '{}'`],
    ['experiments_completed_check', `experiments set completed_at = now()`],
    ['experiments_tally_check', `experiments set tally = '[]' where status = 'RUNNING'`],
    ['experiments_winner_check', `experiments set winner = 'learned'`],
    ['experiments_status_check', `experiments set status = 'LOST'`],
    ['experiments_unit_check', `experiments set unit = 'TUTOR' where status = 'DRAFT'`],
    ['experiment_conversions_value_check', 'experiment_conversions set value = -1'],
    ['experiment_exposures_variant_id_foreign', `experiment_exposures set variant_id = gen_random_uuid()`],
    ['experiment_conversions_metric_id_foreign', `experiment_conversions set metric_id = gen_random_uuid()`],
  ])('%s refuses %s', async (constraint, statement) => {
    expect(await change(statement)).toBe(constraint);
  });

  it.each([
    ['experiment_variants_key_check', `experiment_variants set key = 'A B'`],
    ['experiment_variants_share_check', 'experiment_variants set share = 0'],
    ['experiment_variants_whole_check', 'experiment_variants set share = 4999'],
    ['experiment_variants_whole_check', `experiment_variants set key = 'treatment' where key = 'control'`],
    ['experiment_metrics_harm_check', 'experiment_metrics set harm = 0.1'],
    ['experiment_metrics_most_check', 'experiment_metrics set most = 0'],
    ['experiment_metrics_one_primary', `experiment_metrics set role = 'PRIMARY'`],
  ])('%s refuses of a draft %s', async (constraint, statement) => {
    const where = statement.includes(' where ') ? 'and' : 'where';
    expect(await change(`${statement} ${where} experiment_id = '${draft}'`)).toBe(constraint);
  });

  it.each([
    `experiments set ramp = '[]' where status = 'RUNNING'`,
    `experiments set exclusion_group = null where status = 'RUNNING'`,
    `experiments set expected_lift = 0.5 where status = 'RUNNING'`,
    `experiments set name = 'another' where status = 'RUNNING'`,
  ])('after the start nothing moves units: %s', async (statement) => {
    expect(await change(statement)).toBe('started_experiments_immutable_check');
  });

  it('after the start a ramp may grow, and puts nobody out who takes part', async () => {
    const { id } = await lab.started({
      ramp: [
        { afterHours: 0, share: 500 },
        { afterHours: 24, share: 2_000 },
      ],
    });
    const ramp = (...steps: [afterHours: number, share: number][]) =>
      change(`experiments set ramp = '${JSON.stringify(steps.map(([afterHours, share]) => ({ afterHours, share })))}'
        where id = '${id}'`);
    const refused = 'started_experiments_immutable_check';
    expect(await ramp([0, 499], [24, 2_000])).toBe(refused);
    expect(await ramp([1, 10_000])).toBe(refused);
    expect(await ramp([0, 500])).toBe('nothing');
    expect(await ramp([0, 500], [0.001, 900])).toBe('nothing');
    await lab.sql(`update recommendations.experiments set ramp_from = ramp_from - interval '1 hour' where id = ?`, [
      id,
    ]);
    expect(await ramp([0, 500])).toBe(refused);
    await lab.mutate('completeExperiment', { experimentId: id });
    expect(await ramp([0, 500], [0.001, 10_000])).toBe(refused);
  });

  it('after the start variants and metrics stay as they are', async () => {
    for (const table of ['experiment_variants', 'experiment_metrics']) {
      const where = `where experiment_id = '${running}'`;
      expect(await change(`${table} set key = 'other' ${where}`)).toBe('started_experiments_immutable_check');
      const remove = lab.sql(`delete from recommendations.${table} ${where}`);
      expect(await refusal(remove)).toBe('started_experiments_immutable_check');
    }
  });

  it('an experiment has variants when it is made, and a unit meets it once', async () => {
    const bare = transaction(lab.em, async (tx) => {
      tx.create(Experiment, {
        ...{ id: newId(), name: 'bare', description: 'Nothing in it', unit: 'USER', status: 'DRAFT', rangeFrom: 0 },
        ...{ rangeTo: 10_000, ramp: [], expectedLift: 0.1, createdAt: new Date() },
      });
    });
    expect(await refusal(bare)).toBe('experiment_variants_whole_check');
    const em = lab.em;
    const [variant] = await em.find(ExperimentVariant, { experimentId: running });
    if (!variant) throw new Error('There is no variant');
    for (const unit of ['one', 'one']) {
      em.create(ExperimentExposure, {
        id: newId(),
        experimentId: running,
        variantId: variant.id,
        unit,
        at: new Date(),
      });
    }
    expect(await refusal(em.flush())).toBe('experiment_exposures_once');
  });

  it('an experiment that is deleted takes all of it along', async () => {
    const { id } = await lab.started();
    await lab.plant(id, 'learned', 2, 2, 'clicked');
    await lab.em.nativeDelete(Experiment, { id });
    expect(await lab.em.count(ExperimentMetric, { experimentId: id })).toBe(0);
    expect(await lab.em.count(ExperimentExposure, { experimentId: id })).toBe(0);
  });
});

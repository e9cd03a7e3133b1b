import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { openSignals, type Signals } from '@tutorgraph/kit/signals/signals';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Experiment } from '../src/experiments/experiment.entity.js';
import { ExposureLog } from '../src/experiments/exposure-log.js';
import { RunningExperiments } from '../src/experiments/running-experiments.js';
import { Variants } from '../src/experiments/variants.js';
import { Laboratory } from './laboratory.js';

let lab: Laboratory;
let signals: Signals;

beforeAll(async () => {
  lab = await Laboratory.open();
  signals = await openSignals({ room: 'variants', logger: silentLogger });
});

beforeEach(async () => {
  await lab.em.nativeDelete(Experiment, {});
});

afterAll(async () => {
  await signals?.close();
  await lab?.close();
});

/** As one process of the room has it. */
function open() {
  const running = new RunningExperiments(signals, silentLogger);
  running.listen();
  // They are written when a test says so.
  const exposures = new ExposureLog(lab.em, silentLogger, 600_000);
  return { running, exposures, variants: new Variants(running, exposures) };
}

const exposuresOf = (id: string) =>
  lab.sql<{ unit: string }>('select unit from recommendations.experiment_exposures where experiment_id = ?', [id]);
const person = () => ({ userId: newId(), cluster: null });
/** A database that nobody can reach. */
const broken = () => {
  const em = lab.em;
  Object.defineProperty(em, 'fork', {
    value: () => {
      throw new Error('The database is away');
    },
  });
  return em;
};

it('says the variants of all experiments that run, and what they do together', async () => {
  const whole = (key: string, payload: object) => [
    { key: 'control', share: 1 },
    { key, share: 9_999, payload },
  ];
  const first = await lab.started({ variants: whole('no_slot', { explorationSlot: false, colour: 'blue' }) });
  const second = await lab.started({ variants: whole('green', { colour: 'green' }) });
  await lab.draft();
  const { variants } = open();
  const own = await variants.of(lab.em, person());
  expect(own).toEqual({ [first.id]: 'no_slot', [second.id]: 'green' });
  expect(variants.payload(own)).toEqual({ explorationSlot: false, colour: 'green' });
  expect(variants.payloadOf(first.id, 'nothing-like-it')).toEqual({});
});

it('asks the database once, whoever asks, and writes who met what afterwards, once', async () => {
  const { id } = await lab.started();
  const { variants, exposures } = open();
  await variants.of(lab.em, person());
  const people = [person(), person()];
  const { statements } = await withStatements(async () => {
    for (const somebody of [...people, ...people]) await variants.of(lab.em, somebody);
  });
  expect(statements).toEqual([]);
  await exposures.written();
  expect(await exposuresOf(id)).toHaveLength(3);
  const again = await withStatements(async () => {
    for (const somebody of people) await variants.of(lab.em, somebody);
    await exposures.written();
  });
  expect(again.statements).toEqual([]);
});

it('notes in lists only who met what changes lists, or what changes nothing at all', async () => {
  const halves = (payload: object) => [
    { key: 'control', share: 5_000 },
    { key: 'other', share: 5_000, payload },
  ];
  const { id: ofClients } = await lab.started({ variants: halves({ colour: 'green' }) });
  const { id: ofLists } = await lab.started({ variants: halves({ explorationSlot: false }) });
  const { id: ofNothing } = await lab.started({ variants: halves({}) });
  const { variants, exposures } = open();
  const own = await variants.of(lab.em, person());
  await exposures.written();
  expect(Object.keys(own).sort()).toEqual([ofClients, ofLists, ofNothing].sort());
  const met = await Promise.all([ofClients, ofLists, ofNothing].map(exposuresOf));
  expect(met.map(({ length }) => length)).toEqual([0, 1, 1]);
});

it('of somebody who met it in two processes is written once', async () => {
  const { id } = await lab.started();
  const somebody = person();
  const processes = [open(), open()];
  for (const { variants } of processes) await variants.of(lab.em, somebody);
  await Promise.all(processes.map(({ exposures }) => exposures.written()));
  expect(await exposuresOf(id)).toEqual([{ unit: somebody.userId }]);
});

it('hears at once when another process starts or pauses an experiment', async () => {
  const [one, other] = [open(), open()];
  expect(await one.variants.of(lab.em, person())).toEqual({});
  const { id } = await lab.started();
  other.running.tellChanged();
  expect(await one.variants.of(lab.em, person())).toHaveProperty(id);
  await lab.mutate('pauseExperiment', { experimentId: id });
  other.running.tellChanged();
  expect(await one.variants.of(lab.em, person())).toEqual({});
});

it('notes nobody who was answered before a pause but written after it', async () => {
  const { id } = await lab.started();
  const { variants, exposures } = open();
  const somebody = person();
  await variants.of(lab.em, somebody);
  await lab.mutate('pauseExperiment', { experimentId: id });
  await exposures.written();
  expect(await exposuresOf(id)).toEqual([]);
});

it('notes somebody after a pause of whom the pause kept it from being written', async () => {
  const { id } = await lab.started();
  const { variants, exposures, running } = open();
  const somebody = person();
  await variants.of(lab.em, somebody);
  await lab.mutate('pauseExperiment', { experimentId: id });
  await exposures.written();
  await lab.mutate('startExperiment', { experimentId: id });
  running.tellChanged();
  await variants.of(lab.em, somebody);
  await exposures.written();
  expect(await exposuresOf(id)).toEqual([{ unit: somebody.userId }]);
});

it('gives everybody control while the database is away, and what is right when it is back', async () => {
  const { id } = await lab.started();
  const { variants } = open();
  expect(await variants.of(broken(), person())).toEqual({});
  expect(await variants.of(lab.em, person())).toHaveProperty(id);
});

it('keeps exposures that could not be written and writes them later', async () => {
  const { id } = await lab.started();
  const { running } = open();
  const em = lab.em;
  const real = em.fork.bind(em);
  let isAway = true;
  Object.defineProperty(em, 'fork', {
    value: () => {
      if (isAway) throw new Error('The database is away');
      return real();
    },
  });
  const exposures = new ExposureLog(em, silentLogger, 600_000);
  await new Variants(running, exposures).of(lab.em, person());
  await exposures.written();
  expect(await exposuresOf(id)).toEqual([]);
  isAway = false;
  await exposures.written();
  expect(await exposuresOf(id)).toHaveLength(1);
});

it('concerns nobody who is not known, and no market where none is', async () => {
  const { id } = await lab.started({ unit: 'CLUSTER' });
  const { variants, exposures } = open();
  expect(await variants.of(lab.em, { userId: null, cluster: 'riga:maths' })).toEqual({});
  expect(await variants.of(lab.em, person())).toEqual({});
  expect(await variants.of(lab.em, { userId: newId(), cluster: 'riga:maths' })).toHaveProperty(id);
  await exposures.written();
  expect(await exposuresOf(id)).toEqual([{ unit: 'riga:maths' }]);
});

it('says variants where they make no difference without anybody meeting an experiment', async () => {
  const { id } = await lab.started();
  const { variants, exposures } = open();
  const who = person();
  const lookedUp = await variants.lookedUp(lab.em, who);
  await exposures.written();
  expect(await exposuresOf(id)).toEqual([]);
  expect(await variants.of(lab.em, who)).toEqual(lookedUp);
  await exposures.written();
  expect(await exposuresOf(id)).toEqual([{ unit: who.userId }]);
  expect(await variants.lookedUp(lab.em, { userId: null, cluster: null })).toEqual({});
});

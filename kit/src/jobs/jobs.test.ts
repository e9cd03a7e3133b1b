import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Note, openNotes } from '../../test/support/notes.js';
import { transaction } from '../database/transaction.js';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { currentRequest } from '../telemetry/request-scope.js';
import { type TestDatabase, testDatabase } from '../testing/database.js';
import { defineJob, type JobDefinition, type JobRun } from './job.js';
import { enqueue, type RunningJobs, startJobs } from './jobs.js';

let database: TestDatabase;
let orm: MikroORM;
let admin: pg.Pool;

beforeAll(async () => {
  database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
  admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => {});
  orm = await openNotes(database.url, 'jobroom');
});

afterAll(async () => {
  await orm.close();
  await admin.end();
  await database.close();
});

const running: RunningJobs[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.close()));
});

const metrics = new Metrics();
let rooms = 0;

async function start(
  jobs: JobDefinition[],
  room = `jobroom${++rooms}`,
  pollingSeconds = 0.5,
): Promise<{ room: string; jobs: RunningJobs }> {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const started = await startJobs({ url: database.url, room, jobs, logger, metrics, pollingSeconds });
  running.push(started);
  return { room, jobs: started };
}

/** A job that notes what it gets; `reached(n)` waits for its n-th call. */
function recordingJob(name: string, onCall: (call: number, run: JobRun) => Promise<void> | void = () => {}) {
  const calls: { text: string; run: JobRun; requestId: string | undefined }[] = [];
  const waiting = new Set<() => void>();
  const job = defineJob({
    name,
    description: 'Notes what it gets',
    payload: z.object({ text: z.string() }),
    retries: 2,
    retryDelaySeconds: 1,
    async handler({ text }, run) {
      calls.push({ text, run, requestId: currentRequest()?.requestId });
      for (const check of waiting) check();
      await onCall(calls.length, run);
    },
  });
  const reached = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const check = () => calls.length >= count && resolve();
      waiting.add(check);
      check();
    });
  return { job, calls, reached };
}

const send = (job: ReturnType<typeof recordingJob>['job'], text: string) =>
  transaction(orm.em, (tx) => enqueue(tx, job, { text }));

describe('jobs', () => {
  test('are worked right after the transaction that enqueued them has committed', async () => {
    const { job, calls, reached } = recordingJob('greet');
    await start([job]);
    await transaction(orm.em, async (tx) => {
      tx.persist(tx.create(Note, { text: 'hello' }));
      await enqueue(tx, job, { text: 'hello' });
    });
    await reached(1);
    expect(calls).toMatchObject([{ text: 'hello', run: { attempt: 1 } }]);
    expect(calls[0]?.requestId).toBe(calls[0]?.run.id);
    expect(await orm.em.fork().count(Note, { text: 'hello' })).toBe(1);
  });

  test('that wait behind others are worked one after another, without a pause between them', async () => {
    const { job, reached } = recordingJob('queue');
    await start([job], undefined, 600);
    await transaction(orm.em, async (tx) => {
      for (let index = 0; index < 6; index++) await enqueue(tx, job, { text: String(index) });
    });
    await reached(6);
  });

  test('do not exist when the transaction rolls back', async () => {
    const { job, calls, reached } = recordingJob('greet');
    await start([job]);
    const refused = transaction(orm.em, async (tx) => {
      await enqueue(tx, job, { text: 'lost' });
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await send(job, 'kept');
    await reached(1);
    expect(calls.map(({ text }) => text)).toEqual(['kept']);
  });

  test('are tried again after a failure, with the same id', async () => {
    const { job, calls, reached } = recordingJob('flaky', (call) => {
      if (call === 1) throw new Error('not yet');
    });
    await start([job]);
    await send(job, 'again');
    await reached(2);
    expect(calls.map(({ run }) => run.attempt)).toEqual([1, 2]);
    expect(calls[1]?.run.id).toBe(calls[0]?.run.id);
  });

  test('that fail for good, or whose stored payload does not parse, become dead letters seen in metrics', async () => {
    const { job, calls } = recordingJob('hopeless');
    const { room } = await start([job]);
    await transaction(orm.em, async (tx) => {
      await enqueue(tx, job, { text: 'bad' });
      await tx.execute(`update ${room}_jobs.job set data = '{"text": 5}' where name = 'hopeless'`);
    });
    const gauge = `job_dead_letters{room="${room}",job="hopeless"} 1`;
    await expect.poll(async () => (await metrics.expose()).body, { timeout: 10_000 }).toContain(gauge);
    expect(calls).toEqual([]);
    const { rows } = await admin.query(`select source_output from ${room}_jobs.job where name = 'dead-letters'`);
    expect(rows).toMatchObject([{ source_output: { type: 'ZodError' } }]);
  });

  test('become dead letters after their last retry, with a reason that holds no personal data', async () => {
    const { job, reached } = recordingJob('hopeless', () => {
      throw new Error('no mailbox for anna@example.com');
    });
    const { room } = await start([job]);
    await send(job, 'x');
    await reached(3);
    const gauge = `job_dead_letters{room="${room}",job="hopeless"} 1`;
    await expect.poll(async () => (await metrics.expose()).body, { timeout: 10_000 }).toContain(gauge);
    const { rows } = await admin.query(`select source_output from ${room}_jobs.job where name = 'dead-letters'`);
    expect(rows[0]?.source_output.message).toBe('no mailbox for [email]');
  });

  test('refuse a payload that does not parse before anything is stored', async () => {
    const { job } = recordingJob('strict');
    const { room } = await start([job]);
    // @ts-expect-error a caller that the compiler does not see
    const refused = transaction(orm.em, (tx) => enqueue(tx, job, { text: 5 }));
    await expect(refused).rejects.toThrow(z.ZodError);
    const { rows } = await admin.query(`select from ${room}_jobs.job where name = 'strict'`);
    expect(rows).toEqual([]);
  });

  test('cannot be enqueued outside a transaction or before they are started', async () => {
    const { job } = recordingJob('strict');
    await expect(send(job, 'x')).rejects.toThrow(/startJobs/);
    await start([job]);
    await expect(enqueue(orm.em.fork(), job, { text: 'x' })).rejects.toThrow(/inside a transaction/);
  });

  test('that are cut off by a stop run again after the next start', async () => {
    const never = new Promise<void>(() => {});
    const slow = recordingJob('slow', () => never);
    const logger = createLogger({ service: 'test', level: 'silent' });
    const options = { url: database.url, room: 'interrupted', logger, metrics, pollingSeconds: 0.5, drainMs: 1_000 };
    const first = await startJobs({ ...options, jobs: [slow.job] });
    await send(slow.job, 'unfinished');
    await slow.reached(1);
    await first.close();
    expect(slow.calls[0]?.run.signal.aborted).toBe(true);
    const next = recordingJob('slow');
    await start([next.job], 'interrupted');
    await next.reached(1);
    expect(next.calls[0]?.text).toBe('unfinished');
  });

  test('let a running job finish when they stop', async () => {
    let finish: () => void = () => {};
    let isFinished = false;
    const { job, reached } = recordingJob('careful', async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      isFinished = true;
    });
    const { jobs } = await start([job]);
    await send(job, 'x');
    await reached(1);
    const closed = jobs.close();
    finish();
    await closed;
    expect(isFinished).toBe(true);
  });

  test('keep queues and schedules as the code says, through every start', async () => {
    const room = 'changing';
    const nightly = { description: 'x', payload: z.object({}), handler: async () => {}, name: 'nightly' };
    const schedules = () => admin.query(`select name, cron, timezone from ${room}_jobs.schedule`);
    const first = await start([defineJob({ ...nightly, cron: '0 4 * * *' })], room);
    expect((await schedules()).rows).toEqual([{ name: 'nightly', cron: '0 4 * * *', timezone: 'UTC' }]);
    await first.jobs.close();
    const second = await start(
      [defineJob({ ...nightly, cron: '5 4 * * *', timeZone: 'Europe/Riga', retries: 1 })],
      room,
    );
    expect((await schedules()).rows).toEqual([{ name: 'nightly', cron: '5 4 * * *', timezone: 'Europe/Riga' }]);
    const { rows } = await admin.query(`select retry_limit from ${room}_jobs.queue where name = 'nightly'`);
    expect(rows).toEqual([{ retry_limit: 1 }]);
    await second.jobs.close();
    await start([defineJob(nightly)], room);
    expect((await schedules()).rows).toEqual([]);
  });

  test('can be started by several processes at once on an empty database, and are worked once', async () => {
    const copies = Array.from({ length: 4 }, () => recordingJob('shared'));
    await Promise.all(copies.map(({ job }) => start([job], 'crowd')));
    await Promise.all(copies.map(({ job }, index) => send(job, `text ${index}`)));
    const texts = () => copies.flatMap(({ calls }) => calls.map(({ text }) => text)).toSorted();
    await expect.poll(texts, { timeout: 10_000 }).toEqual(['text 0', 'text 1', 'text 2', 'text 3']);
  });

  test('refuse unfit names, and a cron job that needs a payload', () => {
    const base = { description: 'x', payload: z.object({ id: z.string() }), handler: async () => {} };
    expect(() => defineJob({ ...base, name: 'Wrong Name' })).toThrow(/lower case/);
    expect(() => defineJob({ ...base, name: 'dead-letters' })).toThrow(/cannot be named/);
    expect(() => defineJob({ ...base, name: 'nightly', cron: '0 4 * * *' })).toThrow(/accept \{\}/);
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { fromKysely, PgBoss } from 'pg-boss';
import type { z } from 'zod';
import { afterCommit } from '../database/transaction.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { observeDeadLetters } from './dead-letters.js';
import type { JobDefinition } from './job.js';
import { JobRunner } from './job-runner.js';
import { prepareQueues } from './queues.js';

/** How a room's jobs run. */
export interface JobsOptions {
  /** PostgreSQL's address; jobs live beside the room's data, in the schema `<room>_jobs`. */
  url: string;
  room: string;
  jobs: readonly JobDefinition[];
  logger: Logger;
  metrics: Metrics;
  /** How often each queue is looked into; what is enqueued by the same process starts at once. @default 10 */
  pollingSeconds?: number;
  /** How long `close` waits for jobs that run; one that is cut off is tried again later. @default 8000 */
  drainMs?: number;
}

/** A room's jobs at work. */
export interface RunningJobs {
  /** Takes no more jobs, waits for those that run, and disconnects. */
  close(): Promise<void>;
}

interface Started {
  boss: PgBoss;
  workers: string[];
}

const started = new WeakMap<JobDefinition, Started>();

/** Installs or updates the queues, then works them. Processes that start together share the work. */
export async function startJobs(options: JobsOptions): Promise<RunningJobs> {
  const { room, jobs, logger, metrics } = options;
  const boss = createBoss(options);
  boss.on('error', (err) => logger.error({ err }, 'The job queue failed; it goes on trying'));
  boss.on('warning', ({ message, data }) => logger.warn({ data }, `Job queue: ${message}`));
  try {
    await boss.start();
    await prepareQueues(boss, jobs);
    const runner = new JobRunner(room, logger, metrics);
    await Promise.all(jobs.map((job) => work(boss, runner, job, options.pollingSeconds ?? 10)));
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  const endObserving = observeDeadLetters(boss, room, metrics);
  return {
    async close() {
      for (const job of jobs) started.delete(job);
      endObserving();
      const drained = Promise.all(jobs.map((job) => boss.offWork(job.name, { wait: true })));
      await Promise.race([drained, delay(options.drainMs ?? 8_000, undefined, { ref: false })]);
      // What still runs is handed back to its queue. A graceful stop here would wait half a second for nothing.
      await boss.stop({ graceful: false });
    },
  };
}

/**
 * Enqueues a job with the business change: it exists when the transaction commits and never otherwise. A worker of
 * this process starts it right after the commit, one of another process when it next looks.
 *
 * @param tx the EntityManager that `transaction` gave
 * @param options.startAfter not before this time
 */
export async function enqueue<Schema extends z.ZodType>(
  tx: EntityManager,
  job: JobDefinition<Schema>,
  payload: z.input<Schema>,
  options: { startAfter?: Date } = {},
): Promise<void> {
  const running = started.get(job);
  if (!running) throw new Error(`Job "${job.name}" is not running here; give it to startJobs before it is enqueued`);
  if (!tx.isInTransaction()) throw new Error(`Job "${job.name}" must be enqueued inside a transaction`);
  job.payload.parse(payload);
  const { boss, workers } = running;
  await boss.send(job.name, toData(payload), { ...options, db: fromKysely(tx.getKysely()) });
  afterCommit(() => {
    for (const worker of workers) boss.notifyWorker(worker);
  });
}

function createBoss({ url, room, jobs }: JobsOptions): PgBoss {
  return new PgBoss({
    connectionString: url,
    schema: `${room}_jobs`,
    application_name: `${room}-jobs`,
    max: 3,
    // Nobody waits for these: few statements when idle matter more.
    schedule: jobs.some((job) => job.cron),
    cronWorkerIntervalSeconds: 15,
    cronMonitorIntervalSeconds: 30,
    superviseIntervalSeconds: 60,
    queueCacheIntervalSeconds: 300,
    bamIntervalSeconds: 600,
    flowIntervalSeconds: 600,
    // The embedded database has no autovacuum to watch.
    monitorVacuum: false,
  });
}

async function work(boss: PgBoss, runner: JobRunner, job: JobDefinition, pollingSeconds: number): Promise<void> {
  const workers: string[] = [];
  for (let index = 0; index < (job.concurrency ?? 1); index++) {
    let worker = '';
    worker = await boss.work(
      job.name,
      { batchSize: 1, pollingIntervalSeconds: pollingSeconds, includeMetadata: true, perJobResults: true },
      async (claimed) => {
        const outcomes = await Promise.all(claimed.map((one) => runner.run(job, one)));
        // Where there was one there may be more: it looks again at once, not after its pause.
        if (worker) boss.notifyWorker(worker);
        return outcomes;
      },
    );
    workers.push(worker);
  }
  started.set(job, { boss, workers });
}

function toData(payload: unknown): object {
  if (typeof payload === 'object' && payload !== null) return payload;
  throw new Error('A job payload must be an object');
}

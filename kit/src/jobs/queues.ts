import type { PgBoss, Queue } from 'pg-boss';
import { DEAD_LETTERS, type JobDefinition } from './job.js';

const HOUR = 3_600;
const NO_JOB = '00000000-0000-0000-0000-000000000000';

/** Makes the database's queues and schedules those of the code, with no statement for what is so already. */
export async function prepareQueues(boss: PgBoss, jobs: readonly JobDefinition[]): Promise<void> {
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!existing.has(DEAD_LETTERS)) await boss.createQueue(DEAD_LETTERS);
  for (const job of jobs) {
    const wanted = queueOptions(job);
    const found = existing.get(job.name);
    if (!found) await boss.createQueue(job.name, wanted);
    else if (!isSame(wanted, found)) await boss.updateQueue(job.name, wanted);
  }
  await prepareSchedules(boss, jobs);
  await Promise.all(jobs.map((job) => warm(boss, job)));
}

function queueOptions(job: JobDefinition) {
  return {
    deadLetter: DEAD_LETTERS,
    retryLimit: job.retries ?? 5,
    retryDelay: job.retryDelaySeconds ?? 10,
    retryBackoff: true,
    retryDelayMax: HOUR,
    expireInSeconds: job.timeoutSeconds ?? 300,
    deleteAfterSeconds: 24 * HOUR,
  };
}

function isSame(wanted: object, found: Queue): boolean {
  return Object.entries(wanted).every(([key, value]) => Reflect.get(found, key) === value);
}

async function prepareSchedules(boss: PgBoss, jobs: readonly JobDefinition[]): Promise<void> {
  const existing = await boss.getSchedules();
  const wanted = new Map(jobs.filter((job) => job.cron).map((job) => [job.name, job]));
  for (const { name, key } of existing) {
    if (!wanted.has(name)) await boss.unschedule(name, key);
  }
  for (const { name, cron, timeZone = 'UTC' } of wanted.values()) {
    const found = existing.find((schedule) => schedule.name === name);
    if (cron && (found?.cron !== cron || found.timezone !== timeZone)) {
      await boss.schedule(name, cron, {}, { tz: timeZone });
    }
  }
}

/**
 * pg-boss learns of a queue at the first use, over a connection of its own. Were that use inside a transaction, the
 * embedded database, which runs one transaction at a time, would wait for itself for ever.
 */
async function warm(boss: PgBoss, job: JobDefinition): Promise<void> {
  await boss.findJobs(job.name, { id: NO_JOB });
}

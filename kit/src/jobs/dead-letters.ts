import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Metrics } from '../telemetry/metrics.js';
import { DEAD_LETTERS } from './job.js';

const counts = z.array(z.object({ job: z.string().nullable(), count: z.coerce.number() }));

/** Keeps the gauge `job_dead_letters` of a room: how many lie there, counted whenever metrics are read. */
export function observeDeadLetters(boss: PgBoss, room: string, metrics: Metrics): () => void {
  const gauge = metrics.gauge({
    name: 'job_dead_letters',
    help: 'Jobs that failed for good and wait for an operator',
    labelNames: ['room', 'job'],
  });
  const known = new Set<string>();
  return metrics.beforeExposing(async () => {
    const { rows } = await boss.getDb().executeSql(
      `select source_name as job, count(*) as count from ${room}_jobs.job
       where name = $1 and state < 'active' group by source_name`,
      [DEAD_LETTERS],
    );
    // A job whose dead letters were sent back or deleted has none, rather than as many as before.
    const found = new Map([...known].map((job) => [job, 0]));
    for (const { job, count } of counts.parse(rows)) found.set(job ?? 'unknown', count);
    for (const [job, count] of found) {
      known.add(job);
      gauge.set({ room, job }, count);
    }
  });
}

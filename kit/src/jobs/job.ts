import type { z } from 'zod';
import type { Logger } from '../telemetry/logger.js';

/** The queue of each room where jobs lie that failed for good. Nobody works it; an operator looks at it. */
export const DEAD_LETTERS = 'dead-letters';

/** What a handler knows of the run besides its payload. */
export interface JobRun {
  /** The same at every attempt; a key for idempotent effects. */
  id: string;
  /** 1 for the first. */
  attempt: number;
  /** Aborts when the job's time is over or the process stops without waiting longer. */
  signal: AbortSignal;
  logger: Logger;
}

/** Work that is done outside a request: its queue, its payload and what to do. */
export interface JobDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Unique in its room: lower case, digits and dashes, such as `expire-orders`. */
  readonly name: string;
  readonly description: string;
  /** JSON-safe; parsed when enqueued and again when worked. A job with a `cron` gets `{}`. */
  readonly payload: Schema;
  /** Does the work. It may run more than once for one job, so it must be idempotent. */
  handler(payload: z.output<Schema>, run: JobRun): Promise<void>;
  /** Runs regularly, once over all processes: five fields, such as `0 4 * * *`. */
  readonly cron?: string;
  /** Where the cron's clock hangs. @default 'UTC' */
  readonly timeZone?: string;
  /** How often a failed job is tried again before it becomes a dead letter. @default 5 */
  readonly retries?: number;
  /** The first pause; each further one is twice as long with some chance, an hour at most. @default 10 */
  readonly retryDelaySeconds?: number;
  /** How long one attempt may take. @default 300 */
  readonly timeoutSeconds?: number;
  /** How many at once in one process. @default 1 */
  readonly concurrency?: number;
}

/** Checks a job's definition; one file a job. @throws when the name is not fit or a cron job needs a payload */
export function defineJob<Schema extends z.ZodType>(job: JobDefinition<Schema>): JobDefinition<Schema> {
  if (!/^[a-z][a-z0-9-]*$/.test(job.name) || job.name === DEAD_LETTERS) {
    throw new Error(`A job cannot be named "${job.name}"; use lower case, digits and dashes`);
  }
  if (job.cron && !job.payload.safeParse({}).success) {
    throw new Error(`Job "${job.name}" runs by cron, so its payload must accept {}`);
  }
  return job;
}

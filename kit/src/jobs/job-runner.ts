import type { JobResult, JobWithMetadata } from 'pg-boss';
import { ZodError } from 'zod';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { redact } from '../telemetry/redaction.js';
import { inRequestScope } from '../telemetry/request-scope.js';
import type { JobDefinition } from './job.js';

/** Runs one claimed job: parses its payload, calls its handler, and says, logs and counts how it went. */
export class JobRunner {
  private readonly duration;

  constructor(
    private readonly room: string,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.duration = metrics.histogram({
      name: 'job_duration_seconds',
      help: 'Time that one attempt of a background job took, by its outcome',
      labelNames: ['room', 'job', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
    });
  }

  /** Never rejects. A payload that does not parse becomes a dead letter at once: no retry would mend it. */
  run(job: JobDefinition, claimed: JobWithMetadata<unknown>): Promise<JobResult> {
    const { id, retryCount } = claimed;
    const logger = this.logger.child({ job: job.name, jobId: id, attempt: retryCount + 1 });
    return inRequestScope({ requestId: id, operation: job.name }, async () => {
      const end = this.duration.startTimer({ room: this.room, job: job.name });
      const result = await attempt(job, claimed, logger);
      end({ outcome: result.status });
      return result;
    });
  }
}

async function attempt(job: JobDefinition, claimed: JobWithMetadata<unknown>, logger: Logger): Promise<JobResult> {
  const { id, data, retryCount, retryLimit, signal } = claimed;
  try {
    const payload = job.payload.parse(data);
    await job.handler(payload, { id, attempt: retryCount + 1, signal, logger });
    logger.debug('Job done');
    return { id, status: 'completed' };
  } catch (err) {
    const isLast = retryCount >= retryLimit;
    const isUnreadable = err instanceof ZodError && !job.payload.safeParse(data).success;
    if (isLast || isUnreadable) logger.error({ err }, 'Job failed for good; it is kept as a dead letter');
    else logger.warn({ err }, 'Job failed; it will be tried again');
    return { id, status: isUnreadable ? 'deadletter' : 'failed', output: redact(err) };
  }
}

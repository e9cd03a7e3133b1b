import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import type { ExchangeStudentsJob } from './exchange-students.job.js';
import { GetCourseExchange } from './getcourse.entity.js';
import { newExchange } from './getcourse.service.js';

/** Fetches students and progress from GetCourse every night. */
export function nightlyExchangeJob(em: EntityManager, job: ExchangeStudentsJob): JobDefinition {
  return defineJob({
    name: 'nightly-exchange',
    description: 'Has students and progress be fetched from GetCourse, unless that is being done.',
    payload: z.object({}),
    cron: '10 3 * * *',
    handler: async () => {
      try {
        await transaction(em.fork(), async (tx) => {
          const exchange = tx.create(GetCourseExchange, newExchange(false, null));
          await tx.flush();
          await enqueue(tx, job, { exchangeId: exchange.id });
        });
      } catch (error) {
        if (violatedConstraint(error) !== 'getcourse_exchanges_one_at_once') throw error;
      }
    },
  });
}

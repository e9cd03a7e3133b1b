import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { findDueTutors, markOutdated } from './insight.repository.js';
import { RULES_ID } from './insight.rules.js';
import type { TutorReader } from './read-tutors.js';

/** So many a run; the next one goes on. */
const MOST = 2_000;
/** So many in one transaction. */
const BATCH = 20;
/** So many questions to a model a run. */
const MOST_QUESTIONS = 60;

/** Reads the texts of tutors that have changed. */
export function readTutorsJob(em: EntityManager, reader: TutorReader) {
  return defineJob({
    name: 'read-tutors',
    description: 'Reads in profiles and reviews that have changed what tutors are praised for.',
    payload: z.object({}),
    cron: '* * * * *',
    timeoutSeconds: 1_800,
    // The next run tries again.
    retries: 0,
    handler: async (_payload, { signal, logger }) => {
      const due = await findDueTutors(em.fork(), MOST);
      const budget = { questions: MOST_QUESTIONS, signal, logger };
      for (let from = 0; from < due.length; from += BATCH) {
        signal.throwIfAborted();
        await reader.read(due.slice(from, from + BATCH), budget);
      }
    },
  });
}

/** Finds tutors whose texts were never read, or by former rules. */
export function rereadTutorsJob(em: EntityManager) {
  return defineJob({
    name: 'reread-tutors',
    description: 'Has texts of tutors read again that were read by former rules, or never.',
    payload: z.object({}),
    cron: '20 2 * * *',
    handler: async (_payload, { logger }) => {
      const marked = await markOutdated(em.fork(), RULES_ID);
      if (marked > 0) logger.info({ marked }, 'Texts of tutors are read again by other rules');
    },
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import { lessonsToCome } from '../google-calendars/google-lesson.repository.js';
import { CLAIM_MS, type GoogleLessons } from '../google-calendars/google-lessons.js';

const lesson = z.object({ calendarId: z.uuid(), bookingId: z.uuid() });
/** @see writeGoogleLessonJob */
export type WriteGoogleLessonJob = JobDefinition<typeof lesson>;

const calendar = z.object({ calendarId: z.uuid() });
/** @see writeGoogleLessonsJob */
export type WriteGoogleLessonsJob = JobDefinition<typeof calendar>;

/** Of somebody's lessons to come so many are written when they connect a calendar. */
const MOST_LESSONS = 500;

/** Makes what a Google calendar shows of a lesson what the lesson is now: there, at another time, or gone. */
export function writeGoogleLessonJob(em: EntityManager, lessons: GoogleLessons): WriteGoogleLessonJob {
  const job: WriteGoogleLessonJob = defineJob({
    name: 'write-google-lesson',
    description: 'Writes, moves or removes a lesson in the Google calendar of one of its people.',
    payload: lesson,
    // Over some hours: Google limits how often one may write, and has bad days.
    retries: 10,
    retryDelaySeconds: 15,
    timeoutSeconds: CLAIM_MS / 1_000,
    concurrency: 2,
    handler: async (place) => {
      if ((await lessons.write(place)) === 'DONE') return;
      const startAfter = new Date(Date.now() + CLAIM_MS);
      await transaction(em, (tx) => enqueue(tx, job, place, { startAfter }));
    },
  });
  return job;
}

/** Has every lesson to come written into a calendar that was just connected. */
export function writeGoogleLessonsJob(em: EntityManager, writing: WriteGoogleLessonJob): WriteGoogleLessonsJob {
  return defineJob({
    name: 'write-google-lessons',
    description: 'Has all lessons to come written into a Google calendar that was connected.',
    payload: calendar,
    handler: async ({ calendarId }) => {
      await transaction(em, async (tx) => {
        for (const bookingId of await lessonsToCome(tx, calendarId, new Date(), MOST_LESSONS)) {
          await enqueue(tx, writing, { calendarId, bookingId });
        }
      });
    },
  });
}

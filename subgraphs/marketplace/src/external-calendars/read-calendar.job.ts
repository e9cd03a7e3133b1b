import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { type SealKey, unseal } from '@tutorgraph/kit/secrets/seal';
import { z } from 'zod';
import { ExternalCalendar } from './external-calendar.entity.js';
import { takeDueCalendars } from './external-calendar.repository.js';
import { type CalendarKind, READ_EVERY_MS } from './external-calendar.rules.js';
import { failureOf, keepFailure, keepReading, type ReadAccess } from './read-calendar.js';

const payload = z.object({ calendarId: z.uuid() });
/** The job that reads one calendar. */
export type ReadCalendarJob = JobDefinition<typeof payload>;

const AT_ONCE = 200;

/** By which addresses of calendars are sealed. */
export function accessKey(secret: string): SealKey {
  return { secret, purpose: 'calendar addresses' };
}

/** Reads one calendar: nothing is locked while its server is asked. */
export function readCalendarJob(
  em: EntityManager,
  secret: string,
  readers: Readonly<Partial<Record<CalendarKind, ReadAccess>>>,
): ReadCalendarJob {
  return defineJob({
    name: 'read-calendar',
    description: 'Reads when the owner of a connected calendar is busy.',
    payload,
    // What cannot be read is tried again by the clock of the calendar itself.
    retries: 1,
    concurrency: 2,
    timeoutSeconds: 90,
    handler: async ({ calendarId }, { signal, logger }) => {
      const calendar = await em.fork().findOne(ExternalCalendar, { id: calendarId });
      const read = calendar && readers[calendar.kind];
      if (!read) return;
      try {
        await keepReading(em, calendar, await read(calendar, unseal(calendar.sealedAccess, accessKey(secret)), signal));
      } catch (error) {
        const failure = failureOf(error);
        if (!failure) throw error;
        logger.info({ calendarId, failure }, 'A connected calendar could not be read');
        await keepFailure(em, calendar, failure);
      }
    },
  });
}

/** Has every calendar read whose time has come. */
export function readDueCalendarsJob(em: EntityManager, reading: ReadCalendarJob): JobDefinition {
  return defineJob({
    name: 'read-due-calendars',
    description: 'Has connected calendars read again: every 15 minutes, more rarely those that cannot be.',
    payload: z.object({}),
    cron: '*/5 * * * *',
    handler: async (_payload, { signal }) => {
      for (let taken = AT_ONCE; taken === AT_ONCE && !signal.aborted; ) {
        taken = await transaction(em, async (tx) => {
          const now = new Date();
          const due = await takeDueCalendars(tx, now, new Date(now.getTime() + READ_EVERY_MS), AT_ONCE);
          for (const calendarId of due) await enqueue(tx, reading, { calendarId });
          return due.length;
        });
      }
    },
  });
}

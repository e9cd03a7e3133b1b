import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { GoogleDepartures } from '../google-calendars/google-departures.js';

const payload = z.object({});
/** @see leaveGoogleJob */
export type LeaveGoogleJob = JobDefinition<typeof payload>;

/** Clears Google calendars that were disconnected; every few minutes those that could not be cleared at once. */
export function leaveGoogleJob(departures: GoogleDepartures): LeaveGoogleJob {
  return defineJob({
    name: 'leave-google',
    description: 'Removes lessons to come from Google calendars that were disconnected, and gives the consent back.',
    payload,
    cron: '*/5 * * * *',
    handler: (_payload, { signal }) => departures.clear(signal),
  });
}

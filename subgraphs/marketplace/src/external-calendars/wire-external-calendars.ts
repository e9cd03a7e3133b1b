import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { readMarketplaceEnvironment } from '../environment.js';
import { googleOAuth } from '../google/google-settings.js';
import { CALLBACK_PATH } from '../google-calendars/google-calendar.routes.js';
import { GoogleDepartures } from '../google-calendars/google-departures.js';
import { readGoogle } from '../google-calendars/read-google.js';
import { wireGoogleCalendars } from '../google-calendars/wire-google-calendars.js';
import { leaveGoogleJob } from '../jobs/leave-google.job.js';
import { ExternalCalendarResolver } from './external-calendar.resolver.js';
import { ExternalCalendarService } from './external-calendar.service.js';
import { readCalendarJob, readDueCalendarsJob } from './read-calendar.job.js';
import { readAddress } from './read-calendar.js';

/** Wires calendars that people keep elsewhere. */
export function wireExternalCalendars(
  tools: RoomTools,
  environment: ReturnType<typeof readMarketplaceEnvironment>,
): Required<Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes'>> {
  const { em } = tools.orm;
  const { SECRET_KEY: secret, CALENDAR_ALLOWED_HOSTS: allowedHosts } = environment;
  const open = googleOAuth(environment, () => `${tools.origin()}${CALLBACK_PATH}`);
  const readers = { ICS: readAddress(em, allowedHosts), GOOGLE: readGoogle(open) };
  const reading = readCalendarJob(em, secret, readers);
  const leaving = leaveGoogleJob(new GoogleDepartures(em, secret, open));
  const google = wireGoogleCalendars(tools, environment, open, reading);
  const service = new ExternalCalendarService(reading, secret, allowedHosts, leaving);
  return {
    resolvers: [new ExternalCalendarResolver(service), ...google.resolvers],
    jobs: [reading, readDueCalendarsJob(em, reading), leaving, ...google.jobs],
    consumers: google.consumers,
    routes: google.routes,
  };
}

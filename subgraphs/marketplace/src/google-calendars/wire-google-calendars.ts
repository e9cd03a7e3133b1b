import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { googleLessonsConsumer } from '../consumers/google-lessons.consumer.js';
import type { readMarketplaceEnvironment } from '../environment.js';
import type { ReadCalendarJob } from '../external-calendars/read-calendar.job.js';
import type { OpenGoogleOAuth } from '../google/google-settings.js';
import { writeGoogleLessonJob, writeGoogleLessonsJob } from '../jobs/write-google-lesson.job.js';
import { GoogleCalendarResolver } from './google-calendar.resolver.js';
import { registerGoogleCallback } from './google-calendar.routes.js';
import { GoogleCalendarService } from './google-calendar.service.js';
import { GoogleLessons } from './google-lessons.js';

/** Wires people's own Google calendars. @param open undefined when there is no client of ours at Google */
export function wireGoogleCalendars(
  { orm: { em }, messages }: RoomTools,
  { SECRET_KEY: secret, GOOGLE_RETURN_URL: returnUrl }: ReturnType<typeof readMarketplaceEnvironment>,
  open: OpenGoogleOAuth | undefined,
  reading: ReadCalendarJob,
): Required<Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes'>> {
  const writing = writeGoogleLessonJob(em, new GoogleLessons({ em, messages, secret, open }));
  const writingAll = writeGoogleLessonsJob(em, writing);
  const service = new GoogleCalendarService(open, { reading, writing: writingAll }, secret);
  return {
    resolvers: [new GoogleCalendarResolver(service)],
    jobs: [writing, writingAll],
    consumers: [googleLessonsConsumer(writing)],
    routes: (app) => registerGoogleCallback(app, { secret, returnUrl }),
  };
}

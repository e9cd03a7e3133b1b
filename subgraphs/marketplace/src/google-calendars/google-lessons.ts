import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { unseal } from '@tutorgraph/kit/secrets/seal';
import type { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';
import { accessKey } from '../external-calendars/read-calendar.job.js';
import { keepFailure } from '../external-calendars/read-calendar.js';
import type { GoogleOAuth } from '../google/google-oauth.js';
import type { OpenGoogleOAuth } from '../google/google-settings.js';
import { putOwnEvent, removeOwnEvent } from '../google/own-event.js';
import { lessonEventId } from './google-busy.rules.js';
import { isConsentWithdrawn } from './google-failure.js';
import { beginGoogleLesson, findGoogleCalendar, lessonFor, lockGoogleLesson } from './google-lesson.repository.js';
import { type CalendarLesson, type LessonStep, lessonStep } from './google-lesson.rules.js';

/** What one job alone may take for one lesson. */
export const CLAIM_MS = 60_000;
/** Steps for one lesson in one run: it may change while we call. */
const MOST_STEPS = 5;

/** How one run went: the calendar shows the lesson as it is, or another job works at it. */
export type Written = 'DONE' | 'BUSY';

/** Which lesson, in which calendar. */
export interface LessonPlace {
  calendarId: string;
  bookingId: string;
}

/** What lessons need to be written into people's Google calendars. */
export interface GoogleSurroundings {
  em: EntityManager;
  messages: Messages;
  secret: string;
  /** Undefined when there is no client of ours at Google: then nothing is written. */
  open: OpenGoogleOAuth | undefined;
}

interface Intent {
  calendar: ExternalCalendar;
  step: Exclude<LessonStep, { kind: 'NOTHING' }>;
  /** Did an earlier try begin to write it? */
  mayExist: boolean;
}

/**
 * Keeps lessons in people's Google calendars as they are here. Three steps each: what is to be done is committed, Google is
 * asked, the result is committed. Cut off between any two, the next run goes on from there; and each run looks at the
 * lesson as it is then, so that events which come late, twice or crossed do no harm.
 */
export class GoogleLessons {
  constructor(private readonly around: GoogleSurroundings) {}

  /** Writes, changes or removes a lesson until it is right. @throws OutsideError when that has to be tried again */
  async write(place: LessonPlace): Promise<Written> {
    const { em, open } = this.around;
    if (!open) return 'DONE';
    for (let count = 0; count < MOST_STEPS; count++) {
      const intent = await transaction(em, (tx) => this.claim(tx, place, new Date()));
      if (intent === 'BUSY' || intent === 'DONE') return intent;
      try {
        await this.carryOut(await open(), intent, lessonEventId(place.bookingId));
      } catch (error) {
        await transaction(em, (tx) => release(tx, place));
        if (!isConsentWithdrawn(error)) throw error;
        // Connecting it again writes what is missing.
        await keepFailure(em, intent.calendar, 'CONSENT_WITHDRAWN');
        return 'DONE';
      }
      await transaction(em, (tx) => commit(tx, place, intent));
    }
    return 'BUSY';
  }

  private async claim(tx: EntityManager, place: LessonPlace, now: Date): Promise<Intent | Written> {
    const calendar = await findGoogleCalendar(tx, place.calendarId);
    if (!calendar || calendar.failure === 'CONSENT_WITHDRAWN') return 'DONE';
    const kept = await lockGoogleLesson(tx, place.calendarId, place.bookingId);
    if (kept?.claimedUntil && kept.claimedUntil > now) return 'BUSY';
    const lesson = await lessonFor(tx, calendar, place.bookingId);
    if (!lesson) return 'DONE';
    const step = lessonStep(lesson, this.summaryOf(lesson, calendar), kept ?? undefined);
    if (step.kind === 'NOTHING') return 'DONE';
    const claimedUntil = new Date(now.getTime() + CLAIM_MS);
    if (kept) kept.claimedUntil = claimedUntil;
    else if (!(await beginGoogleLesson(tx, place, claimedUntil))) return 'BUSY';
    return { calendar, step, mayExist: kept !== null };
  }

  private async carryOut(oauth: GoogleOAuth, { calendar, step, mayExist }: Intent, eventId: string): Promise<void> {
    const google = oauth.person(unseal(calendar.sealedAccess, accessKey(this.around.secret)));
    if (step.kind === 'REMOVE') await removeOwnEvent(google, eventId);
    else await putOwnEvent(google, eventId, step.event, mayExist);
  }

  private summaryOf({ subject, tutorName }: CalendarLesson, { locale }: ExternalCalendar): string {
    const key = tutorName === null ? 'CALENDAR_LESSON' : 'CALENDAR_LESSON_WITH';
    return this.around.messages(locale ?? 'en', key, { subject, tutor: tutorName ?? '' });
  }
}

/** The result. Whether it is still what the lesson wants is seen in the next round. */
async function commit(tx: EntityManager, place: LessonPlace, { step }: Intent): Promise<void> {
  const kept = await lockGoogleLesson(tx, place.calendarId, place.bookingId);
  if (!kept) return;
  if (step.kind === 'REMOVE') tx.remove(kept);
  else Object.assign(kept, { written: step.hash, claimedUntil: null });
}

async function release(tx: EntityManager, place: LessonPlace): Promise<void> {
  const kept = await lockGoogleLesson(tx, place.calendarId, place.bookingId);
  // What is there is not known: the failed try may have been heard.
  if (kept) Object.assign(kept, { written: null, claimedUntil: null });
}

import { createHmac } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { seal } from '@tutorgraph/kit/secrets/seal';
import { z } from 'zod';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { refusing } from '../constraints.js';
import { leaveGoogle } from '../google-calendars/google-departure.repository.js';
import type { LeaveGoogleJob } from '../jobs/leave-google.job.js';
import { reference } from '../lessons/lesson.rules.js';
import { ExternalCalendar } from './external-calendar.entity.js';
import type { CalendarErrorCode } from './external-calendar.payloads.js';
import { calendarsOf, lockOwnCalendar } from './external-calendar.repository.js';
import { MOST_CALENDARS, newCalendar } from './external-calendar.rules.js';
import { accessKey, type ReadCalendarJob } from './read-calendar.job.js';

const calendarReference = z.object({ calendarId: reference });

/** Calendars that people keep elsewhere. */
export class ExternalCalendarService {
  /** @param reading the job that reads a calendar @param secret seals addresses @param leaving clears Google calendars */
  constructor(
    private readonly reading: ReadCalendarJob,
    private readonly secret: string,
    private readonly allowedHosts: readonly string[],
    private readonly leaving: LeaveGoogleJob,
  ) {}

  /** The viewer's own calendars. */
  own(context: RequestContext): Promise<ExternalCalendar[]> {
    return calendarsOf(context.em, context.user.userId);
  }

  /** Connects a calendar by its address; it is read right after. @throws Refusal ADDRESS_NOT_SECURE, ALREADY_CONNECTED, TOO_MANY_CALENDARS */
  async connect(context: RequestContext, input: unknown): Promise<ExternalCalendar> {
    const { address, name } = accept(newCalendar, input, context.locale);
    const { protocol, host } = new URL(address);
    if (protocol !== 'https:' && !this.allowedHosts.includes(host)) {
      throw new Refusal<CalendarErrorCode>('ADDRESS_NOT_SECURE', ['input', 'address']);
    }
    const { userId } = context.user;
    const addressHash = createHmac('sha256', this.secret).update(`calendar address ${address}`).digest('base64url');
    return refusing<CalendarErrorCode, ExternalCalendar>({ external_calendars_once: 'ALREADY_CONNECTED' }, () =>
      transaction(context.em, async (tx) => {
        await lockCalendars(tx, [userId]);
        await checkNumber(tx, userId);
        const now = new Date();
        const calendar = tx.create(ExternalCalendar, {
          id: newId(),
          userId,
          kind: 'ICS',
          name,
          sealedAccess: seal(address, accessKey(this.secret)),
          addressHash,
          host,
          status: 'PENDING',
          nextReadAt: now,
          createdAt: now,
        });
        await tx.flush();
        await enqueue(tx, this.reading, { calendarId: calendar.id });
        return calendar;
      }),
    );
  }

  /** Forgets a calendar and the times that it kept. @throws Refusal NOT_FOUND */
  async disconnect(context: RequestContext, input: unknown): Promise<string> {
    const { calendarId } = accept(calendarReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      await lockCalendars(tx, [context.user.userId]);
      const calendar = await lockOwn(context, tx, calendarId);
      const startAfter = await leaveGoogle(tx, calendar, new Date());
      if (startAfter) await enqueue(tx, this.leaving, {}, { startAfter });
      tx.remove(calendar);
      return calendarId;
    });
  }

  /** Reads a calendar now. @throws Refusal NOT_FOUND */
  async refresh(context: RequestContext, input: unknown): Promise<ExternalCalendar> {
    const { calendarId } = accept(calendarReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const calendar = await lockOwn(context, tx, calendarId);
      await enqueue(tx, this.reading, { calendarId: calendar.id });
      return calendar;
    });
  }
}

/** @throws Refusal TOO_MANY_CALENDARS; the owner's row must be locked */
export async function checkNumber(tx: EntityManager, userId: string): Promise<void> {
  if ((await tx.count(ExternalCalendar, { userId })) >= MOST_CALENDARS) {
    throw new Refusal<CalendarErrorCode>([{ code: 'TOO_MANY_CALENDARS', values: { most: MOST_CALENDARS } }]);
  }
}

async function lockOwn(context: RequestContext, tx: EntityManager, id: string): Promise<ExternalCalendar> {
  const calendar = await lockOwnCalendar(tx, context.user.userId, id);
  if (!calendar) throw new Refusal<CalendarErrorCode>('NOT_FOUND', ['input', 'calendarId']);
  return calendar;
}

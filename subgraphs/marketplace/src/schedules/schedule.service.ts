import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { refusing } from '../constraints.js';
import { scheduleChanged } from '../events.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { holdTutorByUser } from '../tutors/tutor.repository.js';
import { DaysOff, Schedule, ScheduleOverride, ScheduleRule } from './schedule.entity.js';
import type { ScheduleErrorCode } from './schedule.payloads.js';
import { schedulesByTutor } from './schedule.repository.js';
import {
  dateOverride,
  daysOffReference,
  MOST_DATES,
  multirange,
  newDaysOff,
  newSchedule,
  overlapIn,
  overrideReference,
  weekdays,
} from './schedule.rules.js';
import type { TutorScheduleType, WeeklyWindowType } from './schedule.types.js';
import type { DayWindow } from './slots.rules.js';
import { dateOfDay, zoneClock } from './zone-clock.js';

/** When tutors teach. Whatever changes it has locked the tutor's calendar, as whoever books has. */
export class ScheduleService {
  /** A tutor's schedule: all of it for the tutor and staff, what students need for everybody. */
  async ofTutor(context: RequestContext, { id, userId }: Tutor): Promise<TutorScheduleType | null> {
    const schedule = await context.loader(schedulesByTutor).load(id);
    if (!schedule) return null;
    const { timeZone, minimumNoticeMinutes, bookingWindowDays, rules, ...own } = schedule;
    const weeklyWindows = rules.map(weeklyWindow);
    const shown = { timeZone, weeklyWindows, minimumNoticeMinutes, bookingWindowDays };
    if (!context.isUser(userId) && !context.can('marketplace.profiles.read-any')) return { ...shown, ...HIDDEN };
    const today = todayIn(timeZone);
    return {
      ...shown,
      ...own,
      overrides: own.overrides.filter(({ date }) => date >= today),
      daysOff: own.daysOff.filter(({ toDate }) => toDate >= today),
    };
  }

  /** @throws Refusal INVALID_INPUT, PROFILE_REQUIRED, WINDOWS_OVERLAP */
  async set(context: RequestContext, input: unknown): Promise<Tutor> {
    const {
      weeklyWindows,
      dailyLimit = null,
      weeklyLimit = null,
      ...settings
    } = accept(newSchedule, input, context.locale);
    refuseOverlap(weeklyWindows, 'weeklyWindows');
    return change(context, async (tx, { id: tutorId }) => {
      const now = new Date();
      const row = { tutorId, ...settings, dailyLimit, weeklyLimit, createdAt: now, updatedAt: now };
      await tx.upsert(Schedule, row, { onConflictExcludeFields: ['createdAt'] });
      await tx.nativeDelete(ScheduleRule, { tutorId });
      await tx.insertMany(
        ScheduleRule,
        weeklyWindows.map((window) => ({ id: newId(), tutorId, ...window })),
      );
    });
  }

  /** @throws Refusal INVALID_INPUT, PROFILE_REQUIRED, SCHEDULE_REQUIRED, WINDOWS_OVERLAP, DATE_PASSED, TOO_MANY_DATES */
  async setOverride(context: RequestContext, input: unknown): Promise<Tutor> {
    const { date, windows } = accept(dateOverride, input, context.locale);
    refuseOverlap(windows, 'windows');
    return change(context, async (tx, tutor) => {
      const { tutorId, today } = await ownSchedule(tx, tutor);
      if (date < today) throw new Refusal<ScheduleErrorCode>('DATE_PASSED', ['input', 'date']);
      const others = await tx.count(ScheduleOverride, { tutorId, date: { $gte: today, $ne: date } });
      if (others >= MOST_DATES) throw new Refusal<ScheduleErrorCode>('TOO_MANY_DATES');
      await tx.upsert(
        ScheduleOverride,
        { id: newId(), tutorId, date, windows: multirange(windows) },
        { onConflictFields: ['tutorId', 'date'], onConflictExcludeFields: ['id'] },
      );
    });
  }

  /** @throws Refusal PROFILE_REQUIRED, SCHEDULE_REQUIRED, NOT_FOUND */
  async removeOverride(context: RequestContext, input: unknown): Promise<Tutor> {
    const { date } = accept(overrideReference, input, context.locale);
    return change(context, async (tx, tutor) => {
      const { tutorId } = await ownSchedule(tx, tutor);
      if ((await tx.nativeDelete(ScheduleOverride, { tutorId, date })) === 0) throw notFound('date');
    });
  }

  /** @throws Refusal INVALID_INPUT, PROFILE_REQUIRED, SCHEDULE_REQUIRED, DAYS_OFF_OVERLAP, DATE_PASSED, TOO_MANY_DATES */
  async addDaysOff(context: RequestContext, input: unknown): Promise<{ tutor: Tutor; daysOff: DaysOff }> {
    const { from: fromDate, to: toDate } = accept(newDaysOff, input, context.locale);
    const added = { id: newId(), fromDate, toDate };
    return refusing<ScheduleErrorCode, { tutor: Tutor; daysOff: DaysOff }>(
      { days_off_apart: 'DAYS_OFF_OVERLAP' },
      async () => {
        const tutor = await change(context, async (tx, own) => {
          const { tutorId, today } = await ownSchedule(tx, own);
          if (toDate < today) throw new Refusal<ScheduleErrorCode>('DATE_PASSED', ['input', 'to']);
          const ahead = await tx.count(DaysOff, { tutorId, toDate: { $gte: today } });
          if (ahead >= MOST_DATES) throw new Refusal<ScheduleErrorCode>('TOO_MANY_DATES');
          await tx.insert(DaysOff, { ...added, tutorId });
        });
        return { tutor, daysOff: { ...added, tutorId: tutor.id } };
      },
    );
  }

  /** @throws Refusal PROFILE_REQUIRED, SCHEDULE_REQUIRED, NOT_FOUND */
  async removeDaysOff(context: RequestContext, input: unknown): Promise<Tutor> {
    const { daysOffId } = accept(daysOffReference, input, context.locale);
    return change(context, async (tx, tutor) => {
      const { tutorId } = await ownSchedule(tx, tutor);
      const removed = isId(daysOffId) && (await tx.nativeDelete(DaysOff, { id: daysOffId, tutorId }));
      if (!removed) throw notFound('daysOffId');
    });
  }
}

/** What only the tutor and staff see. */
const HIDDEN = {
  bufferBeforeMinutes: null,
  bufferAfterMinutes: null,
  slotStepMinutes: null,
  dailyLimit: null,
  weeklyLimit: null,
  overrides: null,
  daysOff: null,
};

/** Changes the viewer's schedule, and says so; nobody books with them meanwhile. */
function change(context: RequestContext, work: (tx: EntityManager, tutor: Tutor) => Promise<void>): Promise<Tutor> {
  const { userId } = context.user;
  return transaction(context.em, async (tx) => {
    await lockCalendars(tx, [userId]);
    const tutor = await holdTutorByUser(tx, userId);
    if (!tutor) throw new Refusal<ScheduleErrorCode>('PROFILE_REQUIRED');
    await work(tx, tutor);
    recordEvent(tx, scheduleChanged.create({ subject: tutor.id, data: { userId } }));
    return tutor;
  });
}

/** @throws Refusal SCHEDULE_REQUIRED */
async function ownSchedule(tx: EntityManager, { id: tutorId }: Tutor): Promise<{ tutorId: string; today: string }> {
  const schedule = await tx.findOne(Schedule, { tutorId });
  if (!schedule) throw new Refusal<ScheduleErrorCode>('SCHEDULE_REQUIRED');
  return { tutorId, today: todayIn(schedule.timeZone) };
}

function todayIn(timeZone: string): string {
  return dateOfDay(zoneClock(timeZone).dayOf(Date.now()));
}

/** @throws Refusal WINDOWS_OVERLAP */
function refuseOverlap(windows: readonly ({ weekday?: number } & DayWindow)[], field: string): void {
  const index = overlapIn(windows);
  if (index === undefined) return;
  throw new Refusal<ScheduleErrorCode>('WINDOWS_OVERLAP', ['input', field, String(index)]);
}

function notFound(field: string): Refusal<ScheduleErrorCode> {
  return new Refusal<ScheduleErrorCode>('NOT_FOUND', ['input', field]);
}

function weeklyWindow({ weekday, ...window }: { weekday: number } & DayWindow): WeeklyWindowType {
  const day = weekdays[weekday - 1];
  if (!day) throw new Error(`There is no weekday ${weekday}`);
  return { weekday: day, ...window };
}

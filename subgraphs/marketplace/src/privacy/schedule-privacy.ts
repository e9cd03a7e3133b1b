import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { scheduleChanged } from '../events.js';
import { DaysOff, Schedule, ScheduleOverride, ScheduleRule } from '../schedules/schedule.entity.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser } from '../tutors/tutor.repository.js';

/** When a tutor teaches, also on dates that are over, for the archive. */
export async function collectSchedule(em: EntityManager, tutor: Tutor | null): Promise<object | null> {
  const schedule = tutor && (await em.findOne(Schedule, { tutorId: tutor.id }));
  if (!schedule) return null;
  const { tutorId, ...settings } = schedule;
  const windows = await em.find(ScheduleRule, { tutorId }, { orderBy: { weekday: 'asc', startsAtMinute: 'asc' } });
  const overrides = await em.find(ScheduleOverride, { tutorId }, { orderBy: { date: 'asc' } });
  const daysOff = await em.find(DaysOff, { tutorId }, { orderBy: { fromDate: 'asc' } });
  const own = <Row extends { id: string; tutorId: unknown }>({ id: _, tutorId: __, ...row }: Row) => row;
  return { ...settings, weeklyWindows: windows.map(own), overrides: overrides.map(own), daysOff: daysOff.map(own) };
}

/** Removes when a tutor teaches; nobody books with them any longer. Comes before whatever locks the profile. */
export async function eraseSchedule(tx: EntityManager, userId: string): Promise<void> {
  const tutor = await findTutorByUser(tx, userId);
  if (!tutor) return;
  await lockCalendars(tx, [userId]);
  const removed = await tx.nativeDelete(Schedule, { tutorId: tutor.id });
  if (removed > 0) recordEvent(tx, scheduleChanged.create({ subject: tutor.id, data: { userId } }));
}

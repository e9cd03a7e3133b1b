import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { LESSON_MINUTES } from '../bookings/booking.rules.js';
import { maySeeTutor } from '../tutors/tutor.access.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import type { AvailableSlots } from './available-slots.types.js';
import { shownSlot } from './slot.types.js';
import { findSlots } from './slot-finder.js';
import { DAY_MS, dateOfDay, zoneClock } from './zone-clock.js';

/** What is asked. The dates are midnights in UTC, as the scalar gives them. */
export interface SlotsAsked {
  tutorId: string;
  from: Date;
  to: Date;
  durationMinutes: number;
  timeZone: string;
}

const MOST_DAYS = 62;
/** Farther away no calendar goes; clocks are not asked about it. */
const FARTHEST_DAYS = 400;

/** Free slots for whoever asks. */
export class SlotsService {
  /** Null when the viewer may see no such tutor. @throws BAD_USER_INPUT */
  async find(context: RequestContext, asked: SlotsAsked): Promise<AvailableSlots | null> {
    const { tutorId, durationMinutes } = asked;
    const days = daysAsked(asked);
    const tutor = await context.loader(tutorsById).load(tutorId);
    if (!tutor || !(await maySeeTutor(context, tutor))) return null;
    const clock = zoneClock(asked.timeZone);
    const now = new Date();
    const today = clock.dayOf(now.getTime());
    const near = (day: number): number => Math.min(Math.max(day, today - 1), today + FARTHEST_DAYS);
    const { viewer } = context;
    const { slots, unreadable } = await findSlots(context.em, {
      tutorId,
      from: new Date(clock.momentOf(near(days.first), 0)),
      to: new Date(clock.momentOf(near(days.last + 1), 0)),
      durationMinutes,
      now,
      studentId: viewer.kind === 'user' ? viewer.userId : undefined,
    });
    const byDay = Map.groupBy(slots, ({ startsAt }) => clock.dayOf(startsAt.getTime()));
    return {
      timeZone: clock.timeZone,
      days: [...byDay].map(([day, ofDay]) => ({
        date: dateOfDay(day),
        slots: ofDay.map((slot) => shownSlot(slot, clock.timeZone)),
      })),
      unreadableCalendars: unreadable.map(({ userId, lastReadAt }) => ({
        isYours: context.isUser(userId),
        lastReadAt,
      })),
    };
  }
}

/** @throws BAD_USER_INPUT */
function daysAsked({ from, to, durationMinutes }: SlotsAsked): { first: number; last: number } {
  const { least, most, step } = LESSON_MINUTES;
  if (durationMinutes < least || durationMinutes > most || durationMinutes % step !== 0) {
    throw badUserInput(`"durationMinutes" must be ${least} to ${most}, in steps of ${step}`);
  }
  const [first, last] = [from.getTime() / DAY_MS, to.getTime() / DAY_MS];
  if (last < first) throw badUserInput('"to" must not be before "from"');
  if (last - first >= MOST_DAYS) throw badUserInput(`"from" to "to" may be at most ${MOST_DAYS} days`);
  return { first, last };
}

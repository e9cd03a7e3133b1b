import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import { bookingReminderDue } from '../events.js';
import { policyOf } from '../policies/policy.repository.js';
import type { Booking } from './booking.entity.js';
import { aboutBooking } from './booking.transitions.js';
import { type ClockStep, dueSteps, nextStepAt, passedReminders } from './booking-clock.rules.js';
import { expireBooking } from './booking-expiry.js';
import { lockWithCalendars } from './booking-lock.js';
import { completeBooking, startBooking } from './booking-moves.js';

/** Which booking the job `advance-booking` is about. */
export const advancedBooking = z.object({ bookingId: z.uuid() });
/** @see advanceBookingJob */
export type AdvanceBookingJob = JobDefinition<typeof advancedBooking>;

/** Moves bookings on as time goes by: each has one job that waits for its next step. */
export class BookingClock {
  constructor(private readonly job: AdvanceBookingJob) {}

  /**
   * Winds the clock of a booking that has got its time, another time, or its money. Reminders whose time is over by then are
   * not needed. Jobs of before find nothing due.
   */
  async schedule(tx: EntityManager, booking: Booking, now: Date): Promise<void> {
    booking.remindedHours = booking.startsAt ? passedReminders(booking.startsAt, now) : [];
    await this.wait(tx, booking);
  }

  /** Does to a booking what is due, if anything is, and waits for what comes next. Any number of times: the same result. */
  async advance(tx: EntityManager, bookingId: string, now: Date): Promise<void> {
    const locked = await lockWithCalendars(tx, bookingId);
    if (!locked) return;
    const { booking } = locked;
    const { rules } = await policyOf(tx, booking);
    const steps = dueSteps(booking, rules, now);
    for (const step of steps) applyStep(tx, booking, step, now);
    // A job of a time that does not hold any longer finds nothing, and is the end of its line.
    if (steps.length > 0) await this.wait(tx, booking);
  }

  private async wait(tx: EntityManager, booking: Booking): Promise<void> {
    const { rules } = await policyOf(tx, booking);
    const startAfter = nextStepAt(booking, rules);
    if (startAfter) await enqueue(tx, this.job, { bookingId: booking.id }, { startAfter });
  }
}

/** Brings a locked booking to where it stands by time, with its events; whoever acts upon it needs no reminder. */
export async function catchUp(tx: EntityManager, booking: Booking, now: Date): Promise<void> {
  const { rules } = await policyOf(tx, booking);
  for (const step of dueSteps(booking, rules, now)) if (step.kind !== 'REMIND') applyStep(tx, booking, step, now);
}

function applyStep(tx: EntityManager, booking: Booking, step: ClockStep, now: Date): void {
  switch (step.kind) {
    case 'EXPIRE':
      expireBooking(tx, booking, now);
      break;
    case 'REMIND':
      remind(tx, booking, step.hoursBefore, now);
      break;
    case 'START':
      startBooking(tx, booking, now);
      break;
    case 'COMPLETE':
      completeBooking(tx, booking, 'SYSTEM', now);
  }
}

function remind(tx: EntityManager, booking: Booking, hoursBefore: number, now: Date): void {
  booking.remindedHours = booking.startsAt ? passedReminders(booking.startsAt, now) : [hoursBefore];
  booking.updatedAt = now;
  const { subject, data } = aboutBooking(booking);
  recordEvent(tx, bookingReminderDue.create({ subject, data: { ...data, hoursBefore } }));
}

import { describe, expect, it } from 'vitest';
import { bookingStatuses } from '../bookings/booking.rules.js';
import { type CalendarLesson, lessonStep } from './google-lesson.rules.js';

const lesson: CalendarLesson = {
  status: 'CONFIRMED',
  startsAt: new Date('2026-11-23T10:00:00Z'),
  endsAt: new Date('2026-11-23T11:00:00Z'),
  meetingUrl: null,
  subject: 'Algebra',
  tutorName: null,
};
const written = (of: CalendarLesson) => {
  const step = lessonStep(of, 'Lesson: Algebra', undefined);
  return step.kind === 'PUT' ? step.hash : expect.fail('it is not written');
};

describe('what is done with a lesson in a calendar', () => {
  const whenThere: Record<string, string> = {
    ...Object.fromEntries(bookingStatuses.map((status) => [status, 'REMOVE'])),
    CONFIRMED: 'PUT',
    IN_PROGRESS: 'PUT',
    COMPLETED: 'NOTHING',
    NO_SHOW: 'NOTHING',
    DISPUTED: 'NOTHING',
  };

  it.each(bookingStatuses)('with status %s follows from the status', (status) => {
    const after = whenThere[status];
    expect(lessonStep({ ...lesson, status }, 'Lesson', { written: 'old' }).kind).toBe(after);
    expect(lessonStep({ ...lesson, status }, 'Lesson', { written: null }).kind, 'begun').toBe(after);
    expect(lessonStep({ ...lesson, status }, 'Lesson', undefined).kind, 'never begun').toBe(
      after === 'REMOVE' ? 'NOTHING' : after,
    );
  });

  it('is nothing when it is there as it is', () => {
    expect(lessonStep(lesson, 'Lesson: Algebra', { written: written(lesson) }).kind).toBe('NOTHING');
  });

  it.each<Partial<CalendarLesson>>([
    { startsAt: new Date('2026-11-23T09:00:00Z') },
    { endsAt: new Date('2026-11-23T12:00:00Z') },
    { meetingUrl: 'https://meet.example/room' },
  ])('is a change when something of it has changed: %j', (change) => {
    expect(lessonStep({ ...lesson, ...change }, 'Lesson: Algebra', { written: written(lesson) }).kind).toBe('PUT');
  });

  it('shows that its owner is busy, and with what to nobody else', () => {
    const step = lessonStep(lesson, 'Lesson: Algebra', undefined);
    expect(step).toMatchObject({
      event: { visibility: 'private', transparency: 'opaque', summary: 'Lesson: Algebra' },
    });
    expect(JSON.stringify(step)).not.toContain('attendees');
  });
});

import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inHours, Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let subjectId: string;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  subjectId = await market.subject();
});

beforeEach(async () => {
  [student, tutor] = [await market.student(), await market.teacher(subjectId)];
});

afterAll(() => market.close());

const move = (bookingId: string, startsAt = inHours(100), person: TestPerson = student, change: object = {}) =>
  market.mutate('rescheduleBooking', { bookingId, startsAt, ...change }, person);
const stored = async (id: string) => {
  const [row] = await market.sql<{ sequence: number; reminded_hours: number[]; moved_late_at: Date | null }>(
    'select sequence, reminded_hours, moved_late_at from marketplace.bookings where id = ?',
    [id],
  );
  return row;
};

describe('rescheduleBooking', () => {
  it('moves a lesson of unchanged length, for both sides and for staff', async () => {
    const id = await market.booked(student, tutor, subjectId, { durationMinutes: 90 });
    await market.sql(`update marketplace.bookings set reminded_hours = '{24}' where id = ?`, [id]);
    const staff = await market.graph.person('SUPERVISOR');
    for (const [index, person] of [student, tutor, staff].entries()) {
      const startsAt = inHours(100 + index);
      const { payload, userErrors } = await move(id, startsAt, person);
      expect(userErrors).toEqual([]);
      expect(payload).toMatchObject({
        booking: { id, status: 'CONFIRMED', startsAt: startsAt.toISOString(), durationMinutes: 90, movedLateAt: null },
      });
      expect(await stored(id)).toMatchObject({ sequence: index + 1, reminded_hours: [] });
    }
    const events = `select count(*)::int as count from marketplace.outbox
      where event ->> 'subject' = ? and event ->> 'type' like '%booking.rescheduled%'`;
    expect(await market.sql(events, [id])).toEqual([{ count: 3 }]);
    const audited = `select event -> 'data' ->> 'actorId' as actor, event -> 'data' ->> 'userId' as whose
      from marketplace.outbox where event ->> 'subject' = ? and event -> 'data' ->> 'action' = 'marketplace.booking.reschedule'`;
    expect(await market.sql(audited, [id])).toEqual([{ actor: staff.userId, whose: student.userId }]);
  });

  it('moves by less than its own length, and not at all when it is there already', async () => {
    const id = await market.booked(student, tutor, subjectId);
    const half = new Date(inHours(72).getTime() + 30 * 60_000);
    expect((await move(id, half)).refused).toEqual([]);
    expect((await move(id, half)).refused).toEqual([]);
    expect(await stored(id)).toMatchObject({ sequence: 1 });
  });

  it('moves what waits for its payment, which has no more time for that', async () => {
    const id = await market.booked(student, tutor, subjectId, { status: 'PENDING_PAYMENT' });
    const query = 'query ($id: ID!) { booking(id: $id) { status expiresAt } }';
    const before = await market.run(query, { id }, student);
    expect((await move(id)).refused).toEqual([]);
    expect(await market.run(query, { id }, student)).toEqual(before);
    await market.sql('update marketplace.bookings set expires_at = now() where id = ?', [id]);
    expect((await move(id, inHours(110))).refused).toEqual(['NOT_MOVABLE']);
  });

  it('is late for the student once, and for the tutor never', async () => {
    const id = await market.booked(student, tutor, subjectId, { startsAt: inHours(5) });
    expect((await move(id, inHours(6), tutor)).refused).toEqual(['MOVE_TOO_LATE']);
    const { payload } = await move(id, inHours(6));
    expect(payload).toMatchObject({ booking: { movedLateAt: expect.any(String) } });
    expect((await move(id, inHours(7))).refused).toEqual(['MOVE_TOO_LATE']);
    const staff = await market.graph.person('ADMIN');
    expect((await move(id, inHours(8), staff)).refused).toEqual([]);
    const soon = await market.booked(student, tutor, subjectId, { startsAt: inHours(1) });
    await market.sql(
      `update marketplace.bookings set starts_at = now() + interval '119 minutes', ends_at = now() + interval '2 hours 59 minutes' where id = ?`,
      [soon],
    );
    expect((await move(soon)).refused).toEqual(['MOVE_TOO_LATE']);
  });

  it('tells of other times when the new one is taken, by either of the two', async () => {
    const id = await market.booked(student, tutor, subjectId);
    await market.booked(await market.student(), tutor, subjectId, { startsAt: inHours(100) });
    await market.booked(student, await market.teacher(subjectId), subjectId, { startsAt: inHours(120) });
    for (const hours of [100, 120]) {
      const { userErrors } = await move(id, inHours(hours), tutor, { timeZone: 'Asia/Tokyo' });
      expect(userErrors).toMatchObject([{ code: 'SLOT_TAKEN', alternatives: { length: 5 } }]);
      expect(userErrors[0]?.alternatives?.[0]?.localStart).toMatch(/\+09:00$/);
    }
    expect(await stored(id)).toMatchObject({ sequence: 0 });
  });

  it('follows the schedule of the tutor, but for staff, who cannot move it into the past either', async () => {
    const id = await market.booked(student, tutor, subjectId);
    await market.sql('delete from marketplace.schedule_rules where tutor_id = ?', [tutor.tutorId]);
    for (const person of [student, tutor]) {
      expect((await move(id, inHours(100), person)).refused).toEqual(['OUTSIDE_AVAILABILITY']);
    }
    const staff = await market.graph.person('ADMIN');
    expect((await move(id, inHours(100), staff)).refused).toEqual([]);
    expect((await move(id, inHours(-3), staff)).refused).toEqual(['TOO_SOON']);
    await market.booked(student, await market.teacher(subjectId), subjectId, { startsAt: inHours(120) });
    expect((await move(id, inHours(120), staff)).refused).toEqual(['SLOT_TAKEN']);
  });

  it('is possible with a tutor who hides: what was agreed stays', async () => {
    const id = await market.booked(student, tutor, subjectId);
    await market.sql('update marketplace.tutors set hidden_at = now() where id = ?', [tutor.tutorId]);
    expect((await move(id)).refused).toEqual([]);
  });

  it('is for whoever may do so', async () => {
    const id = await market.booked(student, tutor, subjectId);
    expect((await move(id, inHours(100), await market.student())).refused).toEqual(['NOT_FOUND']);
    expect((await move(id, inHours(100), await market.tutor())).refused).toEqual(['NOT_FOUND']);
    expect((await move(id, inHours(100), await market.graph.person('CURATOR'))).refused).toEqual(['NOT_FOR_YOU']);
    expect((await move(NOBODY)).refused).toEqual(['NOT_FOUND']);
    expect((await move(id, new Date(inHours(100).getTime() + 60_000))).refused).toEqual(['INVALID_INPUT']);
  });

  it.each(['UNSCHEDULED', 'COMPLETED', 'CANCELLED', 'NO_SHOW', 'IN_PROGRESS'])(
    'is impossible for %s',
    async (status) => {
      const id =
        status === 'UNSCHEDULED'
          ? await market.booking(student, tutor, status, subjectId)
          : await market.booked(student, tutor, subjectId, { status });
      expect((await move(id)).refused).toEqual(['NOT_MOVABLE']);
    },
  );

  it('by its tutor leaves the student the hours in which that can be moved freely, and cancelled', async () => {
    const id = await market.booked(student, tutor, subjectId);
    expect((await move(id, inHours(5), tutor)).refused).toEqual(['TOO_SOON']);
    await market.sql('update marketplace.bookings set moved_late_at = now() where id = ?', [id]);
    expect((await move(id, inHours(20), tutor)).payload).toMatchObject({ booking: { movedLateAt: null } });
    const { payload } = await market.mutate('cancelBooking', { bookingId: id }, student);
    expect(payload).toMatchObject({ booking: { status: 'CANCELLED', cancellation: { refundPercent: 100 } } });
  });

  it('does not tell when the other one is busy, once there is nothing to move', async () => {
    const id = await market.booked(student, tutor, subjectId, { status: 'CANCELLED' });
    await market.booked(student, await market.teacher(subjectId), subjectId, { startsAt: inHours(100) });
    for (const hours of [100, 110]) {
      expect((await move(id, inHours(hours), tutor)).userErrors).toMatchObject([{ code: 'NOT_MOVABLE' }]);
    }
  });

  it('is carried out once for a key, even late', async () => {
    const id = await market.booked(student, tutor, subjectId, { startsAt: inHours(5) });
    for (let count = 0; count < 2; count++) {
      const { payload } = await move(id, inHours(6), student, { idempotencyKey: 'move' });
      expect(payload).toMatchObject({ booking: { id, startsAt: inHours(6).toISOString() } });
    }
    expect(await stored(id)).toMatchObject({ sequence: 1 });
  });
});

import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inHours, Market, type TestTutor } from './market.js';

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

const DAY_MS = 24 * 60 * 60 * 1000;

interface Booked {
  id: string;
  startsAt: string;
  status: string;
  seriesId: string;
  amount: { amountMinor: number };
}

async function series(change: object = {}, slot: object = {}, person = student) {
  const wish = market.slot(tutor, subjectId, inHours(72), slot);
  const input = { slot: wish, count: 4, timeZone: 'Europe/Berlin', ...change };
  const { payload, userErrors, refused } = await market.mutate('createBookingSeries', input, person);
  return { bookings: (payload?.['bookings'] ?? []) as Booked[], userErrors, refused };
}

describe('createBookingSeries', () => {
  it('books every week, each to be paid', async () => {
    const { bookings, userErrors } = await series();
    expect(userErrors).toEqual([]);
    expect(bookings).toHaveLength(4);
    expect(new Set(bookings.map(({ seriesId }) => seriesId)).size).toBe(1);
    for (const { status, amount } of bookings) {
      expect([status, amount.amountMinor]).toEqual(['PENDING_PAYMENT', 2_500]);
    }
    const query = 'query ($id: ID!) { booking(id: $id) { seriesId series { id startsAt } } }';
    const { data } = await market.run(query, { id: bookings[2]?.id }, tutor);
    expect(data).toMatchObject({ booking: { series: bookings.map(({ id, startsAt }) => ({ id, startsAt })) } });
  });

  it('keeps the local time over clock changes, for which the tutor need not change theirs', async () => {
    const first = new Date(inHours(72));
    const { bookings } = await series({ count: 26, timeZone: 'America/New_York' }, { startsAt: first });
    const shown = bookings.map(({ startsAt }) =>
      new Date(startsAt).toLocaleTimeString('en', { timeZone: 'America/New_York', timeStyle: 'short' }),
    );
    expect(bookings).toHaveLength(26);
    expect(new Set(shown).size).toBe(1);
  });

  it('books nothing when one cannot be had, and names each such lesson with other times', async () => {
    const other = await market.student();
    const weeks = [1, 3].map((week) => new Date(inHours(72).getTime() + week * 7 * DAY_MS));
    for (const startsAt of weeks) await market.booked(other, tutor, subjectId, { startsAt });
    const day = new Date(inHours(72).getTime() + 2 * 7 * DAY_MS).toISOString().slice(0, 10);
    await market.sql(
      `insert into marketplace.days_off (id, tutor_id, from_date, to_date) values (gen_random_uuid(), ?, ?, ?)`,
      [tutor.tutorId, day, day],
    );
    const busy = await series({ timeZone: 'UTC' });
    expect(busy.userErrors).toMatchObject([
      {
        code: 'SERIES_CONFLICTS',
        conflicts: weeks.map((startsAt) => ({ startsAt: startsAt.toISOString(), reason: 'SLOT_TAKEN' })),
      },
    ]);
    for (const { alternatives } of busy.userErrors[0]?.conflicts ?? []) expect(alternatives).toHaveLength(5);
    await market.sql('update marketplace.bookings set status = ?, cancelled_at = now() where student_id = ?', [
      'CANCELLED',
      other.userId,
    ]);
    const off = await series({ timeZone: 'UTC' });
    expect(off.userErrors[0]?.conflicts).toMatchObject([
      { reason: 'OUTSIDE_AVAILABILITY', alternatives: { length: 5 } },
    ]);
    expect(await market.sql('select id from marketplace.bookings where student_id = ?', [student.userId])).toEqual([]);
  });

  it('does not offer times at which the student is busy', async () => {
    const elsewhere = await market.teacher(subjectId);
    await market.booked(student, elsewhere, subjectId, { startsAt: inHours(71), durationMinutes: 180 });
    const { userErrors } = await series({ count: 2 });
    const [conflict] = userErrors[0]?.conflicts ?? [];
    expect(conflict).toMatchObject({ reason: 'SLOT_TAKEN', alternatives: { length: 5 } });
    for (const { startsAt } of conflict?.alternatives ?? []) {
      const start = new Date(startsAt).getTime();
      expect(start + 60 * 60_000 <= inHours(71).getTime() || start >= inHours(74).getTime(), startsAt).toBe(true);
    }
  });

  it('gives an agreed booking the first time, and its price to all', async () => {
    const bookingId = await market.booking(student, tutor, 'UNSCHEDULED', subjectId);
    const { bookings } = await series({}, { bookingId });
    expect(bookings[0]?.id).toBe(bookingId);
    expect(bookings.map(({ amount }) => amount.amountMinor)).toEqual([3_000, 3_000, 3_000, 3_000]);
  });

  it('takes 2 to 26 lessons that are no trials', async () => {
    for (const change of [{ count: 1 }, { count: 27 }])
      expect((await series(change)).refused).toEqual(['INVALID_INPUT']);
    expect((await series({}, { kind: 'TRIAL', durationMinutes: 50 })).refused).toEqual(['INVALID_INPUT']);
  });

  it('does not let one student keep more than two long series of times without paying', async () => {
    const series = (count: number, startsAt: Date) =>
      market.mutate(
        'createBookingSeries',
        { slot: market.slot(tutor, subjectId, startsAt), count, timeZone: 'UTC' },
        student,
      );
    for (const hours of [72, 73]) expect((await series(26, inHours(hours))).refused).toEqual([]);
    expect((await series(2, inHours(74))).refused).toEqual(['TOO_MANY_UNPAID']);
    const slot = market.slot(tutor, subjectId, inHours(74));
    expect((await market.mutate('createBooking', { slot }, student)).refused).toEqual(['TOO_MANY_UNPAID']);
    const holdId = (await market.made('holdSlot', { slot }, student, 'booking')).id;
    expect((await market.mutate('createBooking', { holdId }, student)).refused).toEqual(['TOO_MANY_UNPAID']);
    await market.sql(`update marketplace.bookings set expires_at = now() where student_id = ? and status <> 'HELD'`, [
      student.userId,
    ]);
    expect((await market.mutate('createBooking', { holdId }, student)).refused).toEqual([]);
  });

  it('gives the first result again for the same key', async () => {
    const { bookings } = await series({ idempotencyKey: 'weekly' });
    expect((await series({ idempotencyKey: 'weekly' })).bookings).toEqual(bookings);
    expect((await series({ idempotencyKey: 'weekly', count: 5 })).refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

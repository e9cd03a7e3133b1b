import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { observeLessons } from '../src/bookings/lesson-metrics.js';
import { inHours, Market, type TestTutor } from './market.js';
import { advance, bookingRow, plant, statusOf, toldOf, verbsOf, work } from './scheduled-bookings.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  tutor = await market.tutor();
});

beforeEach(async () => {
  // Nobody has two lessons at once: each test has its own.
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

/** When the job that waits for a booking is to run, the earliest first. */
async function waiting(bookingId: string): Promise<Date[]> {
  const rows = await market.sql<{ at: Date }>(
    `select start_after as at from marketplace_jobs.job
      where name = 'advance-booking' and data ->> 'bookingId' = ? and state < 'active' order by start_after`,
    [bookingId],
  );
  return rows.map(({ at }) => new Date(at));
}

const hoursFromNow = (date: Date | undefined) => Math.round(((date?.getTime() ?? 0) - Date.now()) / 360_000) / 10;

describe('the clock of a booking', () => {
  it.each([
    ['HELD', 0],
    ['PENDING_PAYMENT', 1],
  ])('expires what is %s when its time is over, and not before', async (status, sequence) => {
    const id = await plant(market, student, tutor, { status });
    await advance(market, id);
    expect(await statusOf(market, id)).toBe(status);
    await market.sql(`update marketplace.bookings set expires_at = now() - interval '1 second' where id = ?`, [id]);
    await advance(market, id);
    expect(await bookingRow(market, id)).toMatchObject({ status: 'EXPIRED', expires_at: null, sequence });
    expect(await verbsOf(market, id)).toEqual(['expired']);
  });

  it('expires what is unpaid when it should begin, however long it might have waited', async () => {
    const id = await plant(market, student, tutor, { status: 'PENDING_PAYMENT', inHours: -0.1 });
    await advance(market, id);
    expect(await statusOf(market, id)).toBe('EXPIRED');
  });

  it('reminds a day and an hour before, each once, and then begins', async () => {
    const id = await plant(market, student, tutor, { inHours: 23.9 });
    await advance(market, id);
    await advance(market, id);
    expect(await toldOf(market, id)).toMatchObject([{ verb: 'reminder-due', data: { hoursBefore: 24 } }]);
    expect(hoursFromNow((await waiting(id))[0])).toBe(22.9);
    await shift(id, -23);
    await advance(market, id);
    await advance(market, id);
    expect((await toldOf(market, id)).map(({ data }) => data['hoursBefore'])).toEqual([24, 1]);
    await shift(id, -1);
    await advance(market, id);
    await advance(market, id);
    expect(await verbsOf(market, id)).toEqual(['reminder-due', 'reminder-due', 'started']);
    expect(await bookingRow(market, id)).toMatchObject({ status: 'IN_PROGRESS', reminded_hours: [24, 1] });
    expect(hoursFromNow((await waiting(id)).at(-1))).toBe(24.9);
  });

  it('reminds only of what is still worth it after a long silence', async () => {
    const id = await plant(market, student, tutor, { inHours: 0.5 });
    await advance(market, id);
    expect(await toldOf(market, id)).toMatchObject([{ verb: 'reminder-due', data: { hoursBefore: 1 } }]);
    await advance(market, id);
    expect(await verbsOf(market, id)).toHaveLength(1);
  });

  it('completes a lesson a day after its end, when nobody has said anything', async () => {
    const id = await plant(market, student, tutor, { status: 'IN_PROGRESS', inHours: -24.9 });
    await advance(market, id);
    expect(await statusOf(market, id)).toBe('IN_PROGRESS');
    await shift(id, -0.2);
    await advance(market, id);
    await advance(market, id);
    expect(await bookingRow(market, id)).toMatchObject({ status: 'COMPLETED', completed_by: 'SYSTEM' });
    expect(await verbsOf(market, id)).toEqual(['completed']);
  });

  it('catches up with everything after a long silence', async () => {
    const id = await plant(market, student, tutor, { inHours: -48 });
    await advance(market, id);
    expect(await verbsOf(market, id)).toEqual(['started', 'completed']);
    expect(await bookingRow(market, id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('leaves a job of before the booking was moved without anything to do', async () => {
    const id = await plant(market, student, tutor, { inHours: 100, columns: { reminded_hours: '{}' } });
    await advance(market, id);
    expect(await verbsOf(market, id)).toEqual([]);
    expect(await waiting(id)).toEqual([]);
  });

  it.each(['UNSCHEDULED', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'NO_SHOW', 'DISPUTED'])(
    'does nothing to what is %s',
    async (status) => {
      const id = await plant(market, student, tutor, { status, inHours: -100 });
      const before = await bookingRow(market, id);
      await advance(market, id);
      expect(await bookingRow(market, id)).toEqual(before);
      expect(await verbsOf(market, id)).toEqual([]);
    },
  );

  it('has no booking to move on that is not there', async () => {
    await expect(advance(market, '01900000-0000-7000-8000-00000000dead')).resolves.toBeUndefined();
  });
});

describe('the sweep', () => {
  it('moves on all that is due and has no job, and nothing else', async () => {
    const people = async () => [await market.student(), await market.tutor()] as const;
    const planted: [string, string[]][] = [];
    const cases = [
      [{ status: 'HELD', expiresInMinutes: -1 }, ['expired']],
      [{ status: 'PENDING_PAYMENT', expiresInMinutes: -1 }, ['expired']],
      [{ status: 'PENDING_PAYMENT', inHours: -0.1 }, ['expired']],
      [{ inHours: 20 }, ['reminder-due']],
      [{ inHours: 0.5 }, ['reminder-due']],
      [{ inHours: -0.1 }, ['started']],
      [{ inHours: -30 }, ['started', 'completed']],
      [{ status: 'IN_PROGRESS', inHours: -30 }, ['completed']],
      [{ status: 'HELD' }, []],
      [{ status: 'PENDING_PAYMENT' }, []],
      [{ inHours: 30 }, []],
      [{ inHours: 20, columns: { reminded_hours: '{24}' } }, []],
      [{ inHours: 0.5, columns: { reminded_hours: '{24,1}' } }, []],
      [{ status: 'IN_PROGRESS', inHours: -1 }, []],
    ] as const;
    for (const [booking, verbs] of cases) planted.push([await plant(market, ...(await people()), booking), [...verbs]]);
    await work(market, 'sweep-bookings');
    await work(market, 'sweep-bookings');
    for (const [id, verbs] of planted) expect(await verbsOf(market, id)).toEqual(verbs);
  });

  it('does not stop at a booking that cannot be moved on', async () => {
    const broken = await plant(market, student, tutor, { inHours: -30 });
    const other = await plant(market, await market.student(), await market.tutor(), { inHours: -29 });
    await market.sql(`create function marketplace.refuse() returns trigger language plpgsql as $$
      begin raise exception 'broken on purpose'; end $$`);
    await market.sql(`create trigger refuse before update on marketplace.bookings
      for each row when (old.id = '${broken}') execute function marketplace.refuse()`);
    await work(market, 'sweep-bookings');
    await market.sql('drop trigger refuse on marketplace.bookings');
    expect(await statusOf(market, broken)).toBe('CONFIRMED');
    expect(await verbsOf(market, broken)).toEqual([]);
    expect(await statusOf(market, other)).toBe('COMPLETED');
    await work(market, 'sweep-bookings');
    expect(await statusOf(market, broken)).toBe('COMPLETED');
    expect(await verbsOf(market, broken)).toEqual(['started', 'completed']);
  });
});

describe('what is booked', () => {
  it('has a job for its next step, through its whole life', async () => {
    const subjectId = await market.subject();
    const teacher = await market.teacher(subjectId);
    const staff = await market.graph.person('SUPERVISOR');
    const slot = market.slot(teacher, subjectId, inHours(72));
    const { id } = await market.made('holdSlot', { slot }, student, 'booking');
    const expiry = async () => new Date(String((await bookingRow(market, id))['expires_at']));
    expect(await waiting(id)).toEqual([await expiry()]);
    await market.made('createBooking', { holdId: id }, student, 'booking');
    expect((await waiting(id)).at(-1)).toEqual(await expiry());
    await market.made('markBookingPaid', { bookingId: id, reason: 'In cash.' }, staff, 'booking');
    expect((await waiting(id)).at(-1)).toEqual(inHours(48));
    await market.made('rescheduleBooking', { bookingId: id, startsAt: inHours(20) }, staff, 'booking');
    // The day before that is over already.
    expect(await bookingRow(market, id)).toMatchObject({ reminded_hours: [24] });
    expect(await waiting(id)).toContainEqual(inHours(19));
    await shift(id, -22);
    await advance(market, id);
    expect(await statusOf(market, id)).toBe('IN_PROGRESS');
    await market.made('completeBooking', { bookingId: id }, teacher, 'booking');
    await advance(market, id);
    expect(await verbsOf(market, id)).toEqual([
      'held',
      'payment-awaited',
      'confirmed',
      'rescheduled',
      'started',
      'completed',
    ]);
  });

  it('week by week has a job for each lesson', async () => {
    const subjectId = await market.subject();
    const teacher = await market.teacher(subjectId);
    const series = { slot: market.slot(teacher, subjectId, inHours(72)), count: 3, timeZone: 'UTC' };
    const { payload } = await market.mutate('createBookingSeries', series, student);
    const bookings = payload?.['bookings'] as { id: string }[];
    expect(bookings).toHaveLength(3);
    for (const { id } of bookings) expect(await waiting(id)).toHaveLength(1);
  });
});

describe('the gauge of lessons in progress', () => {
  it('counts those that go on now, noticed or not', async () => {
    const room = market.graph.rooms.get('marketplace');
    if (!room) throw new Error('The marketplace does not run');
    const metrics = new Metrics();
    const end = observeLessons(room.orm.em, metrics);
    const count = async () => {
      const [, value] = /^marketplace_lessons_in_progress (\d+)$/m.exec((await metrics.expose()).body) ?? [];
      return Number(value);
    };
    const before = await count();
    await plant(market, student, tutor, { status: 'IN_PROGRESS', inHours: -0.5 });
    await plant(market, await market.student(), await market.tutor(), { status: 'CONFIRMED', inHours: -0.1 });
    await plant(market, student, tutor, { status: 'IN_PROGRESS', inHours: -3 });
    await plant(market, student, tutor, { inHours: 1 });
    expect(await count()).toBe(before + 2);
    end();
  });
});

/** Moves a lesson in time. */
async function shift(id: string, hours: number): Promise<void> {
  await market.sql(
    `update marketplace.bookings set starts_at = starts_at + make_interval(secs => ?), ends_at = ends_at + make_interval(secs => ?) where id = ?`,
    [hours * 3_600, hours * 3_600, id],
  );
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkSlot, findSlots, nearestSlots } from '../src/schedules/slot-finder.js';
import { Market, type TestTutor } from './market.js';
import { addBooking } from './schedules.js';

let market: Market;
let tutor: TestTutor;
// Monday; by the clock of Berlin from nine to five is from eight to four in UTC.
const DAY = '2027-01-11';
const now = new Date('2027-01-04T12:00:00Z');
const at = (time: string, date = DAY): Date => new Date(`${date}T${time}:00Z`);

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

beforeEach(async () => {
  tutor = await market.tutor();
  await market.sql(
    `insert into marketplace.schedules (tutor_id, time_zone, buffer_before_minutes, buffer_after_minutes,
       minimum_notice_minutes, booking_window_days, slot_step_minutes, created_at, updated_at)
     values (?, 'Europe/Berlin', 0, 0, 720, 60, 60, now(), now())`,
    [tutor.tutorId],
  );
  await market.sql(
    `insert into marketplace.schedule_rules (id, tutor_id, weekday, starts_at_minute, ends_at_minute)
     select md5(d::text || ?)::uuid, ?, d, 540, 1020 from generate_series(1, 5) as d`,
    [tutor.tutorId, tutor.tutorId],
  );
});

function em(): EntityManager {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  return room.orm.em.fork();
}

async function startsOn(date: string, change: object = {}): Promise<string[]> {
  const { slots } = await findSlots(em(), {
    tutorId: tutor.tutorId,
    from: at('00:00', date),
    to: new Date(at('00:00', date).getTime() + 86_400_000),
    durationMinutes: 60,
    now,
    ...change,
  });
  return slots.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
}

const ask = (startsAt: Date, change: object = {}) => {
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  return { tutorId: tutor.tutorId, startsAt, endsAt, now, ...change };
};

describe('free slots', () => {
  it('are those of the windows, but for lessons and holds that still hold', async () => {
    await addBooking(market, tutor, `${DAY}T09:00:00Z`);
    const whenHeld = { status: 'HELD', expiresAt: new Date(now.getTime() + 60_000) };
    await addBooking(market, tutor, `${DAY}T11:00:00Z`, whenHeld);
    await addBooking(market, tutor, `${DAY}T12:00:00Z`, { ...whenHeld, expiresAt: now });
    await addBooking(market, tutor, `${DAY}T13:00:00Z`, { status: 'CANCELLED' });
    expect(await startsOn(DAY)).toEqual(['08:00', '10:00', '12:00', '13:00', '14:00', '15:00']);
    expect(await startsOn(DAY, { most: 2 })).toEqual(['08:00', '10:00']);
    expect(await startsOn('2027-01-10')).toEqual([]);
  });

  it('are none without a schedule, in the past, or beyond the booking window', async () => {
    expect(await startsOn(DAY, { tutorId: newId() })).toEqual([]);
    expect(await startsOn('2026-12-28')).toEqual([]);
    expect(await startsOn('2027-03-05')).toHaveLength(8);
    expect(await startsOn('2027-03-08')).toEqual([]);
  });

  it('leave out when the student is busy, whether they learn or teach, and when the tutor learns', async () => {
    const [student, other] = [await market.tutor(), await market.tutor()];
    await addBooking(market, other, `${DAY}T08:00:00Z`, { studentId: student.userId });
    await addBooking(market, student, `${DAY}T10:00:00Z`);
    await addBooking(market, other, `${DAY}T12:00:00Z`, { studentId: tutor.userId });
    const everything = ['08:00', '09:00', '10:00', '11:00', '13:00', '14:00', '15:00'];
    expect(await startsOn(DAY)).toEqual(everything);
    const free = everything.filter((time) => time !== '08:00' && time !== '10:00');
    expect(await startsOn(DAY, { studentId: student.userId })).toEqual(free);
  });

  it('count what was taught for the limits, not what was cancelled or is to be moved', async () => {
    await market.sql('update marketplace.schedules set daily_limit = 2, weekly_limit = 3 where tutor_id = ?', [
      tutor.tutorId,
    ]);
    const moved = await addBooking(market, tutor, `${DAY}T08:00:00Z`, { status: 'COMPLETED' });
    await addBooking(market, tutor, `${DAY}T09:00:00Z`);
    await addBooking(market, tutor, `${DAY}T10:00:00Z`, { status: 'CANCELLED' });
    expect(await startsOn(DAY)).toEqual([]);
    expect(await startsOn(DAY, { ignoreBookingIds: [moved] })).toHaveLength(7);
    expect(await startsOn('2027-01-15')).toHaveLength(8);
    await addBooking(market, tutor, '2027-01-12T09:00:00Z', { status: 'NO_SHOW' });
    expect(await startsOn('2027-01-15')).toEqual([]);
    expect(await startsOn('2027-01-18')).toHaveLength(8);
  });

  it('take two statements', async () => {
    const { statements } = await withStatements(() => startsOn(DAY, { studentId: newId() }));
    expect(statements).toHaveLength(2);
  });
});

describe('one time', () => {
  it('is judged by the first rule that speaks against it', async () => {
    const id = await addBooking(market, tutor, `${DAY}T09:00:00Z`);
    const verdict = (startsAt: Date, change: object = {}) => checkSlot(em(), ask(startsAt, change));
    expect(await verdict(at('08:00'))).toBe('FREE');
    expect(await verdict(at('09:00'))).toBe('TAKEN');
    expect(await verdict(at('09:00'), { ignoreBookingIds: [id] })).toBe('FREE');
    expect(await verdict(at('08:30'))).toBe('OUTSIDE_AVAILABILITY');
    expect(await verdict(at('16:00'))).toBe('OUTSIDE_AVAILABILITY');
    expect(await verdict(at('09:00', '2026-12-28'))).toBe('TOO_SOON');
    expect(await verdict(at('23:00', '2027-01-04'))).toBe('TOO_SOON');
    expect(await verdict(at('09:00', '2027-03-08'))).toBe('TOO_FAR');
    expect(await verdict(at('08:00'), { tutorId: newId() })).toBe('OUTSIDE_AVAILABILITY');
    await market.sql('update marketplace.schedules set daily_limit = 1 where tutor_id = ?', [tutor.tutorId]);
    expect(await verdict(at('09:00'))).toBe('TAKEN');
    expect(await verdict(at('08:00'))).toBe('LIMIT_REACHED');
  });

  it('is judged by what the open transaction has done', async () => {
    await transaction(em(), async (tx) => {
      await tx.execute('update marketplace.schedules set minimum_notice_minutes = 43200 where tutor_id = ?', [
        tutor.tutorId,
      ]);
      expect(await checkSlot(tx, ask(at('08:00')))).toBe('TOO_SOON');
    });
  });
});

describe('for a time that was lost', () => {
  it('the nearest free ones are given, in their order', async () => {
    await addBooking(market, tutor, `${DAY}T10:00:00Z`, { minutes: 120 });
    const slots = await nearestSlots(em(), ask(at('10:00')), 3);
    expect(slots.map(({ startsAt }) => startsAt)).toEqual([at('08:00'), at('09:00'), at('12:00')]);
  });
});
